using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Models;
using DoorbellFace.Core.Tests.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Tests.Visits;

public class VisitTrackerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<RecognizedFace> Anna = [Face(0.9f, 0.02f)];
    private static readonly IReadOnlyList<RecognizedFace> PerhapsAnna = [Face(0.6f, 0.1f)];
    private static readonly IReadOnlyList<RecognizedFace> Stranger = [Face(0.03f, 0.03f)];
    private static readonly IReadOnlyList<RecognizedFace> Nobody = [];

    private readonly VisitTracker _tracker = new(new MatchPolicy(Manifests.Family()));

    [Fact]
    public void A_ring_starts_a_visit()
    {
        VisitStarted started = Single<VisitStarted>(_tracker.Ring(Noon));

        Assert.Equal((VisitStart.Ring, 1, VisitOutcome.Open), (started.Visit.StartedBy, started.Visit.Rings, started.Visit.Outcome));
        Assert.Equal(started.Visit, _tracker.Current);
    }

    [Fact]
    public void It_answers_as_soon_as_it_is_certain()
    {
        _tracker.Ring(Noon);
        _tracker.Observe(After(1), [Face(0.85f, 0.05f)]);

        VisitorIdentified answer = Single<VisitorIdentified>(_tracker.Observe(After(2), [Face(0.85f, 0.05f)]));

        Assert.Equal((VisitOutcome.Known, "Anna", 2), (answer.Visit.Outcome, answer.Visit.Name, answer.Visit.FramesWithFace));
        Assert.False(answer.IsCorrection);
        Assert.NotEmpty(answer.Visit.Reasons);
    }

    [Fact]
    public void A_stranger_is_answered_for_after_two_frames()
    {
        _tracker.Ring(Noon);
        Assert.Empty(_tracker.Observe(After(1), Stranger));

        Assert.Equal(VisitOutcome.Unknown, Single<VisitorIdentified>(_tracker.Observe(After(2), Stranger)).Visit.Outcome);
    }

    [Fact]
    public void After_the_last_frame_it_answers_even_when_uncertain()
    {
        _tracker.Ring(Noon);
        for (int frame = 1; frame < 6; frame++) Assert.Empty(_tracker.Observe(After(frame), PerhapsAnna));

        VisitorIdentified answer = Single<VisitorIdentified>(_tracker.Observe(After(6), PerhapsAnna));

        Assert.Equal((VisitOutcome.Uncertain, "Anna"), (answer.Visit.Outcome, answer.Visit.Name));
    }

    [Fact]
    public void Frames_without_a_face_say_so()
    {
        _tracker.Ring(Noon);
        for (int frame = 1; frame < 6; frame++) Assert.Empty(_tracker.Observe(After(frame), Nobody));

        Assert.Equal(VisitOutcome.NoFace, Single<VisitorIdentified>(_tracker.Observe(After(6), Nobody)).Visit.Outcome);
    }

    [Theory]
    [InlineData(1, VisitOutcome.NoFace)]
    [InlineData(2, VisitOutcome.Moving)]
    public void Somebody_who_has_turned_away_moves(int moves, VisitOutcome outcome)
    {
        _tracker.Ring(Noon);
        for (int frame = 1; frame < 6; frame++) Assert.Empty(_tracker.Observe(After(frame), Nobody, moves: frame <= moves));

        Assert.Equal(outcome, Single<VisitorIdentified>(_tracker.Observe(After(6), Nobody)).Visit.Outcome);
    }

    [Theory]
    [InlineData(LightVerdict.Dark, VisitOutcome.Dark)]
    [InlineData(LightVerdict.Black, VisitOutcome.Covered)]
    [InlineData(LightVerdict.Flat, VisitOutcome.Covered)]
    public void Two_frames_of_a_dark_door_or_a_covered_lens_are_enough(LightVerdict light, VisitOutcome outcome)
    {
        _tracker.Ring(Noon);
        Assert.Empty(_tracker.Observe(After(0.9), Nobody, light: light));

        Assert.Equal(outcome, Single<VisitorIdentified>(_tracker.Observe(After(1.8), Nobody, light: light)).Visit.Outcome);
        // A lamp goes on, and the name is still told.
        Assert.True(Single<VisitorIdentified>(_tracker.Observe(After(2.7), [Face(0.98f, 0.01f)])).IsCorrection);
    }

    [Fact]
    public void One_dark_frame_between_others_and_a_dark_one_after_a_face_say_nothing_of_the_light()
    {
        _tracker.Ring(Noon);
        Assert.Empty(_tracker.Observe(After(1), Nobody, light: LightVerdict.Dark));
        Assert.Empty(_tracker.Observe(After(2), Nobody, light: LightVerdict.Right));
        Assert.Empty(_tracker.Observe(After(3), PerhapsAnna));
        Assert.Empty(_tracker.Observe(After(4), Nobody, light: LightVerdict.Dark));
        Assert.Empty(_tracker.Observe(After(5), Nobody, light: LightVerdict.Dark));

        Assert.Equal(VisitOutcome.Uncertain,
            Single<VisitorIdentified>(_tracker.Observe(After(6), Nobody, light: LightVerdict.Dark)).Visit.Outcome);
    }

    [Fact]
    public void Damaged_frames_say_so()
    {
        _tracker.Ring(Noon);
        for (int frame = 1; frame < 6; frame++) Assert.Empty(_tracker.ObserveDamaged(After(frame)));

        VisitorIdentified answer = Single<VisitorIdentified>(_tracker.ObserveDamaged(After(6)));

        Assert.Equal((VisitOutcome.DamagedPicture, 6), (answer.Visit.Outcome, answer.Visit.FramesRefused));
    }

    [Fact]
    public void Without_any_picture_the_answer_falls_due_by_itself()
    {
        _tracker.Ring(Noon);
        Assert.Empty(_tracker.Tick(After(7.9)));

        VisitorIdentified answer = Single<VisitorIdentified>(_tracker.Tick(After(9)));

        Assert.Equal((VisitOutcome.NoPicture, After(8)), (answer.Visit.Outcome, answer.At));
    }

    [Fact]
    public void A_better_answer_is_given_once_as_a_correction()
    {
        _tracker.Ring(Noon);
        for (int frame = 1; frame <= 6; frame++) _tracker.Observe(After(frame), Nobody);

        VisitorIdentified better = Single<VisitorIdentified>(_tracker.Observe(After(7), [Face(0.98f, 0.01f)]));

        Assert.True(better.IsCorrection);
        Assert.Equal((VisitOutcome.Known, "Anna"), (better.Visit.Outcome, better.Visit.Name));
        Assert.Empty(_tracker.Observe(After(8), Anna));
    }

    [Fact]
    public void A_name_once_said_is_not_taken_back()
    {
        _tracker.Ring(Noon);
        _tracker.Observe(After(1), Anna);
        _tracker.Observe(After(2), Anna);

        for (int frame = 3; frame < 10; frame++) Assert.Empty(_tracker.Observe(After(frame), Stranger));
    }

    [Fact]
    public void An_impatient_press_belongs_to_the_same_visit_and_a_later_one_begins_a_new_one()
    {
        _tracker.Ring(Noon);
        _tracker.Observe(After(1), Anna);
        _tracker.Observe(After(2), Anna);

        Assert.Equal(2, Single<VisitorRangAgain>(_tracker.Ring(After(3))).Visit.Rings);
        IReadOnlyList<VisitEvent> later = _tracker.Ring(After(8));

        Assert.Collection(later, ended => Assert.Equal("Anna", Assert.IsType<VisitEnded>(ended).Visit.Name), started =>
            Assert.IsType<VisitStarted>(started));
    }

    [Fact]
    public void A_press_right_after_an_answer_without_a_face_gets_a_new_look()
    {
        _tracker.Ring(Noon);
        for (int frame = 1; frame <= 6; frame++) _tracker.Observe(After(frame), Nobody);

        Assert.Collection(
            _tracker.Ring(After(7)),
            ended => Assert.Equal(VisitOutcome.NoFace, Assert.IsType<VisitEnded>(ended).Visit.Outcome),
            started => Assert.IsType<VisitStarted>(started));
    }

    [Fact]
    public void Votes_of_one_visit_do_not_reach_the_next()
    {
        _tracker.Ring(Noon);
        _tracker.Observe(After(1), Anna);
        _tracker.Observe(After(2), Anna);
        _tracker.Ring(After(8));
        _tracker.Observe(After(9), Stranger);

        Assert.Equal(VisitOutcome.Unknown, Single<VisitorIdentified>(_tracker.Observe(After(10), Stranger)).Visit.Outcome);
    }

    [Fact]
    public void A_visit_ends_when_neither_ring_nor_face_has_come_for_a_while()
    {
        _tracker.Ring(Noon);
        _tracker.Observe(After(1), Anna);
        _tracker.Observe(After(2), Anna);
        _tracker.Observe(After(10), Nobody);
        Assert.Empty(_tracker.Tick(After(16.9)));

        Assert.Equal(After(17), Single<VisitEnded>(_tracker.Tick(After(20))).Visit.EndedAt);
        Assert.Null(_tracker.Current);
    }

    [Fact]
    public void A_face_without_a_ring_starts_a_visit_and_an_empty_frame_does_not()
    {
        Assert.Empty(_tracker.Observe(Noon, Nobody));

        IReadOnlyList<VisitEvent> events = _tracker.Observe(After(1), PerhapsAnna, VisitStart.Motion);

        Assert.Equal((VisitStart.Motion, 0), (Single<VisitStarted>(events).Visit.StartedBy, events[0].Visit.Rings));
    }

    [Fact]
    public void Stopping_answers_and_ends_what_is_open()
    {
        _tracker.Ring(Noon);
        _tracker.Observe(After(1), PerhapsAnna);

        Assert.Collection(
            _tracker.Finish(After(2)),
            answer => Assert.Equal(VisitOutcome.Uncertain, Assert.IsType<VisitorIdentified>(answer).Visit.Outcome),
            end => Assert.IsType<VisitEnded>(end));
        Assert.Empty(_tracker.Finish(After(3)));
    }

    [Fact]
    public void Stopping_before_a_picture_came_blames_no_camera()
    {
        _tracker.Ring(Noon);

        Assert.Equal(VisitOutcome.NotLookedAt, Assert.IsType<VisitorIdentified>(_tracker.Finish(After(0.2))[0]).Visit.Outcome);
    }

    private static DateTimeOffset After(double seconds) => Noon.AddSeconds(seconds);

    private static T Single<T>(IReadOnlyList<VisitEvent> events) => Assert.IsType<T>(Assert.Single(events));

    private static RecognizedFace Face(float anna, float ben) =>
        new(new FaceDetection(new PixelRect(100, 60, 80, 80), Rotation.None, 5), new FaceVote(80) { Scores = Manifests.Scores(anna, ben) });
}
