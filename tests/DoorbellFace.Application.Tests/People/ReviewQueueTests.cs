using DoorbellFace.Application.People;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Testing;

namespace DoorbellFace.Application.Tests.People;

/// <summary>The real networks and stores; whoever was at the door is drawn.</summary>
public sealed class ReviewQueueTests(Networks networks) : IClassFixture<Networks>, IDisposable
{
    private readonly ReviewHouse _house = new(networks.Tools);

    [Fact]
    public void Nobody_waits_where_nobody_came_and_no_network_is_asked()
    {
        Assert.Empty(_house.Queue.TryRead()!.Groups);
        Assert.Empty(_house.Queue.Said(10));
    }

    [Fact]
    public void Visitors_are_put_together_by_likeness_and_told_of_in_words()
    {
        VisitId first = Keep(DrawnFamily.Clara, 1, daysAgo: 3), second = Keep(DrawnFamily.Clara, 2, daysAgo: 1);
        VisitId other = Keep(DrawnFamily.David, 3, daysAgo: 2);

        Assert.Null(_house.Queue.TryRead());
        ReviewList list = _house.Read();

        Assert.Equal(
            [[second, first], [other]], list.Groups.Select(group => group.Faces.Select(face => face.Visit.Id).ToArray()));
        ReviewGroup clara = list.Groups[0];
        Assert.Equal((2, 0), (clara.Days, clara.Disagreeing));
        Assert.Equal(new FaceLook(FaceLight.Good, SeenAs.Well, clara.Look.Sharpness), clara.Look);
        Assert.Null(clara.Like);
        Assert.Equal(0, list.NotLookedAt);
        Assert.NotNull(_house.Queue.TryRead());
    }

    [Fact]
    public void Whom_they_are_most_like_is_told_with_how_far_behind_the_next_is()
    {
        PersonId anna = _house.Enrol(DrawnFamily.Anna, 4, 41_000_000);
        _house.Enrol(DrawnFamily.Ben, 4, 42_000_000);
        Keep(DrawnFamily.Anna, 40_000_010, daysAgo: 1, taken: anna);
        Keep(DrawnFamily.David, 3, daysAgo: 2);

        IReadOnlyList<ReviewGroup> groups = _house.Read().Groups;

        Assert.Equal(("Anna", PersonLikeness.Alike, "Ben", NextDistance.Far), Said(groups[0].Like!));
        Assert.NotEqual(PersonLikeness.Alike, groups[1].Like!.How);
    }

    [Fact]
    public void A_named_group_is_learnt_as_one_and_taken_back_as_one()
    {
        VisitId[] clara = [Keep(DrawnFamily.Clara, 1, daysAgo: 3), Keep(DrawnFamily.Clara, 2, daysAgo: 1)];
        _house.Read();

        ReviewAnswer answer = _house.Queue.Name(clara, "Clara", networks.Tools, anyway: false);

        Assert.True(answer is { IsRemembered: true, Enrolment: { IsNew: true, Result.Added.Count: 2 } });
        Assert.Empty(_house.Read().Groups);
        Assert.Equal(clara.ToHashSet(), OfClara().Select(visit => visit.Id).ToHashSet());
        ReviewAct act = Assert.Single(_house.Queue.Said(10));
        Assert.Equal((JudgementKind.Named, "Clara", 2), (act.Kind, act.Name, act.Visits.Count));

        _house.Time.Advance(TimeSpan.FromDays(400));
        _house.Queue.TakeBack(act.Id);

        Assert.Empty(_house.People.List());
        Assert.Equal(2, Assert.Single(_house.Read().Groups).Faces.Count);
        Assert.Throws<DoorbellException>(() => _house.Queue.TakeBack(act.Id));
    }

    /// <summary>Somebody else may still have the question before them.</summary>
    [Fact]
    public void What_was_said_stands_until_it_is_taken_back()
    {
        VisitId[] clara = [Keep(DrawnFamily.Clara, 1, daysAgo: 3), Keep(DrawnFamily.Clara, 2, daysAgo: 1)];
        _house.Read();
        _house.Queue.Name(clara, "Clara", networks.Tools, anyway: false);

        Assert.Equal(ErrorKind.Refused,
            Assert.Throws<DoorbellException>(() => _house.Queue.Name(clara[..1], "Clara", networks.Tools, anyway: true)).Kind);
        Assert.Equal(ErrorKind.Refused, Assert.Throws<DoorbellException>(() => _house.Queue.PutOff(clara)).Kind);

        _house.Queue.TakeBack(Assert.Single(_house.Queue.Said(10)).Id);
        Assert.Empty(_house.People.List());
    }

    [Fact]
    public void A_picture_that_is_left_out_is_asked_about_again()
    {
        VisitId named = Keep(DrawnFamily.Clara, 1, daysAgo: 3), left = Keep(DrawnFamily.Clara, 2, daysAgo: 1);
        _house.Read();

        _house.Queue.Name([named], "Clara", networks.Tools, anyway: false);

        ReviewGroup group = Assert.Single(_house.Read().Groups);
        Assert.Equal(left, Assert.Single(group.Faces).Visit.Id);
        Assert.Equal("Clara", group.Like!.Name);
    }

    [Fact]
    public void Whoever_was_named_wrongly_is_known_not_to_be_there_until_it_is_taken_back()
    {
        PersonId anna = _house.Enrol(DrawnFamily.Anna, 4, 41_000_000);
        VisitId taken = Keep(DrawnFamily.Clara, 1, daysAgo: 1, anna);
        _house.Read();

        _house.Queue.Name([taken], "Clara", networks.Tools, anyway: false);

        Assert.Equal(taken, Assert.Single(Person("Anna").Negatives).Visit);
        _house.Queue.TakeBack(_house.Queue.Said(1)[0].Id);
        Assert.Empty(Person("Anna").Negatives);
        Assert.Equal(4, Person("Anna").Positives.Count());
    }

    [Fact]
    public void Who_is_ignored_is_not_asked_about_when_they_come_again_and_is_known_not_to_be_whom_they_were_taken_for()
    {
        PersonId anna = _house.Enrol(DrawnFamily.Anna, 4, 41_000_000);
        VisitId ignored = Keep(DrawnFamily.Clara, 1, daysAgo: 3, anna);
        _house.Read();

        _house.Queue.Ignore([ignored], networks.Tools);
        Assert.Empty(_house.Read().Groups);
        Assert.Single(Person("Anna").Negatives);
        Keep(DrawnFamily.Clara, 2, daysAgo: 1);
        Assert.Empty(_house.Read().Groups);

        _house.Queue.TakeBack(_house.Queue.Said(1)[0].Id);
        Assert.Empty(Person("Anna").Negatives);
        Assert.Equal(2, Assert.Single(_house.Read().Groups).Faces.Count);
    }

    [Fact]
    public void Who_is_put_off_is_asked_about_with_all_their_pictures_when_they_come_again()
    {
        VisitId first = Keep(DrawnFamily.Clara, 1, daysAgo: 3);
        _house.Read();

        _house.Queue.PutOff([first]);
        Assert.Empty(_house.Read().Groups);

        VisitId again = Keep(DrawnFamily.Clara, 2, daysAgo: 1);
        Assert.Equal([again, first], Assert.Single(_house.Read().Groups).Faces.Select(face => face.Visit.Id));
    }

    [Fact]
    public void What_is_no_face_is_not_asked_about_and_draws_nobody_with_it()
    {
        VisitId mask = Keep(DrawnFamily.Clara, 1, daysAgo: 3);
        _house.Read();

        _house.Queue.NotAFace([mask]);
        Keep(DrawnFamily.Clara, 2, daysAgo: 1);

        Assert.Single(Assert.Single(_house.Read().Groups).Faces);
    }

    [Fact]
    public void A_picture_without_a_face_waits_for_nobodys_word()
    {
        _house.Keep(new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240]), daysAgo: 1);

        ReviewList list = _house.Read();

        Assert.Empty(list.Groups);
        Assert.Equal(0, list.NotLookedAt);
        Assert.NotNull(_house.Queue.TryRead());
    }

    [Fact]
    public void A_doubt_is_asked_about_before_anything_is_learnt()
    {
        _house.Enrol(DrawnFamily.Anna, 4, 41_000_000);
        _house.Enrol(DrawnFamily.Ben, 4, 42_000_000);
        VisitId[] ben = [Keep(DrawnFamily.Ben, 42_000_100, daysAgo: 2), Keep(DrawnFamily.Ben, 42_000_101, daysAgo: 1)];
        _house.Read();

        var doubt = Assert.Throws<DoorbellException>(() => _house.Queue.Name(ben, "Anna", networks.Tools, anyway: false));

        Assert.Equal(RemedyKey.Confirm, doubt.Remedy!.Key);
        Assert.Equal(4, Person("Anna").Samples.Count);
        Assert.Empty(_house.Queue.Said(10));
    }

    [Fact]
    public void Of_no_picture_nothing_is_said()
    {
        Assert.Throws<DoorbellException>(() => _house.Queue.Name([], "Clara", networks.Tools, anyway: false));
        Assert.Throws<DoorbellException>(() => _house.Queue.PutOff([]));
    }

    [Fact]
    public void Another_model_looks_again()
    {
        Keep(DrawnFamily.Clara, 1, daysAgo: 1);
        _house.Read();
        Assert.NotNull(_house.Queue.TryRead());

        _house.ModelStamp = "two";

        Assert.Null(_house.Queue.TryRead());
        Assert.Single(_house.Read().Groups);
    }

    [Fact]
    public void Who_is_forgotten_with_their_visits_takes_those_along_that_somebody_said_were_theirs()
    {
        VisitId[] clara = [Keep(DrawnFamily.Clara, 1, daysAgo: 3), Keep(DrawnFamily.Clara, 2, daysAgo: 1)];
        VisitId other = Keep(DrawnFamily.David, 3, daysAgo: 2);
        _house.Read();
        _house.Queue.Name(clara, "Clara", networks.Tools, anyway: false);

        Assert.Equal(2, _house.People.Forget("Clara", withVisits: true).Visits);

        Assert.Equal(other, Assert.Single(_house.Visits.List(10)).Id);
        Assert.Empty(_house.Queue.Said(10));
    }

    public void Dispose() => _house.Dispose();

    private static (string, PersonLikeness, string?, NextDistance) Said(LikePerson like) => (like.Name, like.How, like.Next, like.Distance);

    private VisitId Keep(FamilyMember member, int seed, double daysAgo, PersonId? taken = null) =>
        _house.Keep(ReviewHouse.Picture(member.Person, seed), daysAgo, taken);

    private PersonOutline Person(string name) => PersonLookup.Require(_house.People.List(), name);

    private IReadOnlyList<VisitRecord> OfClara() =>
        _house.Visits.Find(new VisitFilter { People = [Person("Clara").Id] }, 10);
}
