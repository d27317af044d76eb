using DoorbellFace.Adapters.Storage;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Adapters.Tests.Storage;

public sealed class VisitJudgementTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly RecordingLogger _log = new();
    private readonly SqliteVisitStore _store;

    public VisitJudgementTests() =>
        _store = SqliteVisitStore.Open(_temporary["data"], StoreAccess.Owner, TimeProvider.System, _log);

    [Fact]
    public void What_was_said_of_visits_is_kept_and_taken_back_together()
    {
        VisitId one = Stranger(1), other = Stranger(2), third = Stranger(3);
        VisitJudgement anna = Said(JudgementKind.Named, TestVisits.Anna), later = Said(JudgementKind.Later);

        _store.Judge([one, other], anna);
        _store.Judge([third], later);

        Assert.Equal(
            new Dictionary<VisitId, VisitJudgement> { [one] = anna, [other] = anna, [third] = later }, _store.Judgements());
        Assert.Equal(2, _store.TakeBack(anna.Act));
        Assert.Equal(0, _store.TakeBack(anna.Act));
        Assert.Equal([third], _store.Judgements().Keys);
    }

    [Fact]
    public void The_last_word_counts()
    {
        VisitId visit = Stranger(1);
        VisitJudgement last = Said(JudgementKind.NotAFace);

        _store.Judge([visit], Said(JudgementKind.Later));
        _store.Judge([visit], last);

        Assert.Equal(last, Assert.Single(_store.Judgements()).Value);
    }

    [Fact]
    public void It_goes_with_the_visit_and_of_a_visit_that_is_gone_nothing_is_said()
    {
        VisitId visit = Stranger(1);
        _store.Judge([visit], Said(JudgementKind.Ignored));

        _store.Delete(visit);
        Assert.Empty(_store.Judgements());

        _store.Judge([visit], Said(JudgementKind.Ignored));
        Assert.Empty(_store.Judgements());
    }

    [Fact]
    public void A_visit_that_changes_keeps_what_was_said_of_it()
    {
        VisitId visit = Stranger(1);
        _store.Judge([visit], Said(JudgementKind.Later));

        _store.Save(_store.Find(visit)! with { Rings = 5 });

        Assert.Equal(visit, Assert.Single(_store.Judgements()).Key);
    }

    [Fact]
    public void A_visit_is_somebodys_by_word_alone()
    {
        VisitId named = Stranger(1);
        Stranger(2);
        _store.Judge([named], Said(JudgementKind.Named, TestVisits.Anna));

        Assert.Equal(named, Assert.Single(_store.OfPeople([TestVisits.Anna])).Id);
        Assert.Equal(named, Assert.Single(_store.Find(new VisitFilter { People = [TestVisits.Anna] }, 10)).Id);
    }

    [Fact]
    public void Unnamed_are_visits_of_one_stranger_or_somebody_uncertain_that_are_over_and_have_a_picture()
    {
        VisitId stranger = Stranger(1);
        VisitRecord perhaps = TestVisits.Ended(2) with { Outcome = VisitOutcome.Uncertain, PicturePath = "x.png" };
        _store.Save(perhaps);
        _store.Save(TestVisits.Ended(3) with { PicturePath = "x.png" });
        _store.Save(OfStranger(4) with { PicturePath = null });
        _store.Save(OfStranger(5) with { EndedAt = null });
        _store.Save(OfStranger(6) with { Company = [new Visitor(VisitOutcome.Unknown, null, null, null, 2, "Nobody.")] });

        Assert.Equal([perhaps.Id, stranger], _store.Find(new VisitFilter { Unnamed = true }, 10).Select(visit => visit.Id));
    }

    public void Dispose()
    {
        _store.Dispose();
        _temporary.Dispose();
    }

    private static VisitJudgement Said(JudgementKind kind, PersonId? person = null) =>
        new(kind, person, Guid.NewGuid(), TestVisits.Noon.AddDays(1));

    private static VisitRecord OfStranger(double minutes) => TestVisits.Ended(minutes) with
    {
        Outcome = VisitOutcome.Unknown, Name = null, Person = null, PicturePath = "x.png",
    };

    private VisitId Stranger(double minutes)
    {
        VisitRecord visit = OfStranger(minutes);
        _store.Save(visit);
        return visit.Id;
    }
}
