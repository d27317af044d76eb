using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Tests.Visits;

/// <summary>Several people at one door. Each direction of a vector is somebody; the household knows those of Anna and Ben.</summary>
public class CompanyTests
{
    private const int Left = 40, Right = 200;

    private const int AnnasAxis = 1, BensAxis = 2, FirstStrangersAxis = 10;

    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly VisitTracker _tracker = new(new GalleryPolicy(new Household(
        SamplePeople.Gallery(SamplePeople.Person("Anna", AnnasAxis), SamplePeople.Person("Ben", BensAxis)), SamplePeople.NoStrangers,
            SamplePeople.Manifest)));
    private double _seconds;

    public CompanyTests() => _tracker.Ring(Noon);

    [Fact]
    public void Two_known_people_are_both_named()
    {
        VisitorIdentified answer = Answer(See(Anna(Left), Ben(Right)), See(Anna(Left), Ben(Right)));

        Assert.Equal("Anna", answer.Visit.Name);
        Assert.Equal(["Ben"], answer.Visit.Company.Select(visitor => visitor.Name));
    }

    [Fact]
    public void Who_is_known_comes_first_although_a_stranger_stands_nearer()
    {
        VisitorIdentified answer = Answer(See(Stranger(1, Left), Ben(Right)), See(Stranger(1, Left), Ben(Right)));

        Assert.Equal((VisitOutcome.Known, "Ben"), (answer.Visit.Outcome, answer.Visit.Name));
        Assert.Equal([VisitOutcome.Unknown], answer.Visit.Company.Select(visitor => visitor.Outcome));
    }

    [Fact]
    public void Three_strangers_are_three()
    {
        RecognizedFace[] three = [Stranger(1, Left), Stranger(2, 120), Stranger(3, Right)];

        Assert.Equal(2, Answer(See(three), See(three)).Visit.Company.Count);
    }

    [Fact]
    public void Two_who_change_places_keep_their_own_votes()
    {
        VisitorIdentified answer = Answer(See(Stranger(1, Left), Ben(Right)), See(Ben(Left), Stranger(1, Right)));

        Assert.Equal((VisitOutcome.Known, "Ben", 1), (answer.Visit.Outcome, answer.Visit.Name, answer.Visit.Company.Count));
        Assert.Contains("2 of 2 frames agree on Ben", answer.Visit.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Two_visitors_one_after_the_other_do_not_vote_together()
    {
        Answer(See(Stranger(1, Left)), See(Stranger(1, Left)));

        VisitorIdentified joined = Answer(Ring(), See(Ben(Left)), See(Ben(Left)));

        Assert.Equal(["Ben"], joined.Joined.Select(visitor => visitor.Name));
        Assert.Equal((VisitOutcome.Known, "Ben"), (joined.Visit.Outcome, joined.Visit.Name));
        Assert.Equal([VisitOutcome.Unknown], joined.Visit.Company.Select(visitor => visitor.Outcome));
    }

    [Fact]
    public void A_stranger_who_rings_two_seconds_after_a_known_visitor_is_spoken_of()
    {
        Answer(See(Anna(Left)), See(Anna(Left)));

        VisitorIdentified joined = Answer(Ring(), See(Stranger(1, Left)), See(Stranger(1, Left)), See(Stranger(1, Left)));

        Assert.Equal([VisitOutcome.Unknown], joined.Joined.Select(visitor => visitor.Outcome));
        Assert.Equal("Anna", joined.Visit.Name);
    }

    /// <summary>A face that is seen badly for a while is not one more person.</summary>
    [Fact]
    public void Frames_that_are_unlike_her_do_not_give_Anna_company_when_nobody_rang_again()
    {
        Answer(See(Anna(Left)), See(Anna(Left)));

        Assert.Empty(Events(See(Stranger(1, Left)), See(Stranger(1, Left)), See(Stranger(1, Left)), See(Anna(Left))));
        Assert.Empty(_tracker.Current!.Company);
    }

    [Fact]
    public void A_second_face_in_one_frame_alone_is_nobody()
    {
        VisitorIdentified answer = Answer(See(Anna(Left), Stranger(1, Right)), See(Anna(Left)), See(Anna(Left)));

        Assert.Empty(answer.Visit.Company);
    }

    [Fact]
    public void A_picture_of_Anna_beside_Anna_does_not_make_two_of_her()
    {
        VisitorIdentified answer = Answer(See(Anna(Left), Anna(Right, likeness: 0.8f)), See(Anna(Left), Anna(Right, likeness: 0.8f)));

        Assert.Equal("Anna", answer.Visit.Name);
        Assert.DoesNotContain("Anna", answer.Visit.Company.Select(visitor => visitor.Name));
    }

    [Fact]
    public void A_visit_is_forgotten_with_anybody_who_was_in_it()
    {
        VisitorIdentified answer = Answer(See(Anna(Left), Ben(Right)), See(Anna(Left), Ben(Right)));

        Assert.True(_tracker.Forget(new HashSet<Core.Identity.PersonId> { answer.Visit.Company[0].Person!.Value }));

        Assert.Equal(VisitOutcome.Forgotten, _tracker.Current!.Outcome);
        Assert.Empty(_tracker.Current.NamedPeople());
        Assert.Empty(Events(See(Anna(Left), Ben(Right)), See(Anna(Left), Ben(Right))));
    }

    private static RecognizedFace Anna(int x, float likeness = 1) => Face(SamplePeople.Like(AnnasAxis, likeness), x);

    private static RecognizedFace Ben(int x) => Face(SamplePeople.Picture(BensAxis), x);

    private static RecognizedFace Stranger(int number, int x) => Face(SamplePeople.Picture(FirstStrangersAxis + number), x);

    private static RecognizedFace Face(Embedding embedding, int x) =>
        new(new FaceDetection(new PixelRect(x, 60, 80, 80), Rotation.None, 50), new FaceVote(1) { Embedding = embedding });

    private IReadOnlyList<VisitEvent> Ring() => _tracker.Ring(Next());

    private IReadOnlyList<VisitEvent> See(params RecognizedFace[] faces) => _tracker.Observe(Next(), faces);

    private DateTimeOffset Next() => Noon.AddSeconds(_seconds += 0.5);

    private static VisitEvent[] Events(params IReadOnlyList<VisitEvent>[] steps) =>
        [.. steps.SelectMany(step => step).Where(happened => happened is not VisitorRangAgain)];

    private static VisitorIdentified Answer(params IReadOnlyList<VisitEvent>[] steps) =>
        Assert.IsType<VisitorIdentified>(Assert.Single(Events(steps)));
}
