using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Tests.Announcements;

public class AnnouncementPlannerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly AnnouncementPlanner _planner = new();

    [Theory]
    [InlineData(VisitOutcome.Known, "Anna is at the door.")]
    [InlineData(VisitOutcome.Uncertain, "It may be Anna at the door. I am not sure.")]
    [InlineData(VisitOutcome.Unknown, "Someone I don't know is at the door.")]
    [InlineData(VisitOutcome.NoFace, "Someone is at the door, but I cannot see a face.")]
    [InlineData(VisitOutcome.Moving, "Someone is moving at the door, but I cannot see a face.")]
    [InlineData(VisitOutcome.Dark, "Someone is at the door, but it is dark there.")]
    [InlineData(VisitOutcome.Covered, "Someone is at the door, but the lens seems covered.")]
    [InlineData(VisitOutcome.DamagedPicture, "Someone is at the door, but the camera's picture arrives damaged.")]
    [InlineData(VisitOutcome.NoPicture, "Someone is at the door, but the camera sends no picture.")]
    public void Every_answer_has_its_sentence(VisitOutcome outcome, string sentence) =>
        Assert.Equal(sentence, _planner.Plan(Identified(outcome))!.Text);

    [Theory]
    [InlineData(VisitOutcome.Known, "Anna is at the door.")]
    [InlineData(VisitOutcome.Unknown, "Someone I don't know is at the door.")]
    [InlineData(VisitOutcome.NoFace, "I see nobody's face at the door.")]
    [InlineData(VisitOutcome.Moving, "Something is moving at the door, but I see nobody's face.")]
    [InlineData(VisitOutcome.Dark, "It is dark at the door. I cannot see anybody.")]
    [InlineData(VisitOutcome.Covered, "The lens seems covered. I cannot see anybody.")]
    [InlineData(VisitOutcome.DamagedPicture, "The camera's picture arrives damaged. I cannot see who is at the door.")]
    [InlineData(VisitOutcome.NoPicture, "The camera sends no picture. I cannot see who is at the door.")]
    public void A_look_that_nobody_rang_for_claims_nobody(VisitOutcome outcome, string sentence) =>
        Assert.Equal(sentence, _planner.Plan(Identified(outcome, start: VisitStart.Look))!.Text);

    [Fact]
    public void Who_rings_during_a_look_is_at_the_door()
    {
        VisitRecord visit = Visit(VisitOutcome.NoFace, VisitStart.Look) with { Rings = 1 };

        Assert.Equal("Someone is at the door, but I cannot see a face.",
            _planner.Plan(new VisitorIdentified(Noon, visit, IsCorrection: false))!.Text);
    }

    [Fact]
    public void A_correction_says_that_it_is_one() =>
        Assert.StartsWith("Now I see", _planner.Plan(Identified(VisitOutcome.Known, correction: true))!.Text, StringComparison.Ordinal);

    [Fact]
    public void Only_answers_are_spoken()
    {
        VisitRecord visit = Visit(VisitOutcome.Known, VisitStart.Ring);

        Assert.Null(_planner.Plan(new VisitStarted(Noon, visit)));
        Assert.Null(_planner.Plan(new VisitorRangAgain(Noon, visit)));
        Assert.Null(_planner.Plan(new VisitEnded(Noon, visit)));
    }

    [Fact]
    public void Each_ring_gets_its_own_answer() =>
        Assert.NotEqual(_planner.Plan(Identified(VisitOutcome.Known))!.Key, _planner.Plan(Identified(VisitOutcome.Known))!.Key);

    [Fact]
    public void A_person_who_lingers_without_ringing_keeps_one_key() =>
        Assert.Equal(_planner.Plan(Identified(VisitOutcome.Known, start: VisitStart.Face))!.Key,
            _planner.Plan(Identified(VisitOutcome.Known, start: VisitStart.Face))!.Key);

    [Fact]
    public void Old_news_goes_stale() => Assert.Equal(Noon.AddSeconds(20), _planner.Plan(Identified(VisitOutcome.Known))!.StaleAfter);

    private static VisitorIdentified Identified(VisitOutcome outcome, bool correction = false, VisitStart start = VisitStart.Ring) =>
        new(Noon, Visit(outcome, start), correction);

    private static VisitRecord Visit(VisitOutcome outcome, VisitStart start) =>
        new() { Id = new VisitId(Guid.NewGuid()), StartedAt = Noon, StartedBy = start, Outcome = outcome, Name = "Anna" };
}
