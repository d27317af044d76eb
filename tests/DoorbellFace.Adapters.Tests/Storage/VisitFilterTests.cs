using DoorbellFace.Adapters.Storage;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Adapters.Tests.Storage;

/// <summary>Which visits a real store finds.</summary>
public sealed class VisitFilterTests : IDisposable
{
    private static readonly PersonId Ben = PersonId.Parse("0190a000-0000-7000-8000-000000000002");

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteVisitStore _store;

    public VisitFilterTests() => _store = SqliteVisitStore.Open(_folder.Root, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);

    [Fact]
    public void Page_by_page_every_visit_comes_once_the_newest_first_though_two_began_at_once_and_one_goes_meanwhile()
    {
        VisitRecord[] kept = [.. Enumerable.Range(0, 10).Select(minute => TestVisits.Ended(minute / 2))];
        foreach (VisitRecord visit in kept) _store.Save(visit);
        var seen = new List<VisitRecord>();
        var filter = new VisitFilter();
        while (_store.Find(filter, 3) is { Count: > 0 } page)
        {
            seen.AddRange(page);
            filter = filter with { After = (page[^1].StartedAt, page[^1].Id) };
            _store.Delete(page[^1].Id);
        }

        Assert.Equal(10, seen.Select(visit => visit.Id).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(visit => visit.StartedAt).ThenByDescending(visit => visit.Id.ToString())
            .Select(visit => visit.Id), seen.Select(visit => visit.Id));
    }

    [Fact]
    public void People_are_found_alone_and_in_company_and_strangers_as_well()
    {
        VisitRecord anna = TestVisits.Ended(1);
        VisitRecord stranger = TestVisits.Ended(2) with { Outcome = VisitOutcome.Unknown, Person = null, Name = null };
        VisitRecord both = TestVisits.Ended(
            3) with { Company = [new Visitor(VisitOutcome.Known, Ben, "Ben", null, 2, ""),
            new Visitor(VisitOutcome.Unknown, null, null, null, 2, "")] };
        foreach (VisitRecord visit in (VisitRecord[])[anna, stranger, both]) _store.Save(visit);

        Assert.Equal([both.Id, anna.Id], Found(new VisitFilter { People = [TestVisits.Anna] }));
        Assert.Equal([both.Id], Found(new VisitFilter { People = [Ben] }));
        Assert.Empty(Found(new VisitFilter { People = [] }));
        Assert.Equal([both.Id, stranger.Id], Found(new VisitFilter { WithStrangers = true }));
    }

    [Fact]
    public void A_day_holds_its_first_instant_and_not_the_next_days()
    {
        VisitRecord[] kept = [TestVisits.Ended(0), TestVisits.Ended(1), TestVisits.Ended(2)];
        foreach (VisitRecord visit in kept) _store.Save(visit);

        Assert.Equal([kept[1].Id], Found(new VisitFilter { From = TestVisits.Noon.AddMinutes(1), To = TestVisits.Noon.AddMinutes(2) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _store.Find(new VisitFilter(), 0));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private IEnumerable<VisitId> Found(VisitFilter filter) => _store.Find(filter, 100).Select(visit => visit.Id);
}
