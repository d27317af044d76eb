using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;

namespace DoorbellFace.Core.Tests.People;

public sealed class EnrolmentCoachTests
{
    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(0.5);

    private readonly EnrolmentCoach _coach = new("Anna", Language.English);
    private DateTimeOffset _now = new(2026, 8, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Someone_who_does_as_asked_is_done_in_under_a_minute()
    {
        DateTimeOffset start = _now;
        string asked = _coach.Begin(_now);
        var said = new List<string> { asked };
        int taken = 0;

        while (_coach.State == CoachState.Working && _now - start < TimeSpan.FromMinutes(2))
        {
            CoachAnswer answer = Look(Face(yaw: YawAskedBy(asked)));
            if (answer.Take) taken++;
            if (answer.Say is null) continue;
            said.Add(answer.Say);
            asked = answer.Say;
        }

        Assert.Equal(CoachState.Finished, _coach.State);
        Assert.InRange(_now - start, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
        Assert.Equal((9, 9), (taken, _coach.FramesTaken));
        Assert.Contains("arm's length", said[0], StringComparison.Ordinal);
        Assert.Equal("Good. Turn a little to the left.", said[1]);
        Assert.Equal("Good. Turn a little to the right.", said[2]);
        Assert.Equal("Thank you, that is all.", said[^1]);
    }

    [Theory]
    [InlineData(FaceProblem.TooFar, "Come closer, please.")]
    [InlineData(FaceProblem.TooDark, "More light, please.")]
    [InlineData(FaceProblem.Blurred, "Hold still, please.")]
    [InlineData(FaceProblem.CutOff, "Move to the middle, please.")]
    public void Says_what_is_wrong_with_the_picture_and_does_not_take_it(FaceProblem problem, string sentence)
    {
        _coach.Begin(_now);
        Pass(4);

        Assert.Equal(new CoachAnswer(false, sentence), Look(Face() with { Problems = [problem] }));
    }

    [Fact]
    public void Several_faces_and_none_are_said()
    {
        _coach.Begin(_now);
        Pass(4);
        Assert.Equal("I see 2 faces. Only Anna should be before the camera.", Look(new SampleCheck(2, null, null, [])).Say);
        Pass(4);
        Assert.Equal("I cannot see a face.", Look(SampleCheck.NoFace).Say);
        Assert.Equal(0, _coach.FramesTaken);
    }

    [Theory]
    [InlineData(LightVerdict.Dark, "It is too dark for me to see a face. More light, please.")]
    [InlineData(LightVerdict.Black, "It is too dark for me to see a face. More light, please.")]
    [InlineData(LightVerdict.Flat, "I see nothing at all. Is something over the lens?")]
    [InlineData(LightVerdict.Bright, "I cannot see a face.")]
    public void Where_it_is_dark_the_first_thing_it_asks_for_is_light(LightVerdict light, string sentence)
    {
        _coach.Begin(_now);
        Pass(4);

        Assert.Equal(new CoachAnswer(false, sentence), _coach.Look(_now, SampleCheck.NoFace, light));
    }

    [Fact]
    public void The_same_advice_is_not_repeated_at_once()
    {
        _coach.Begin(_now);
        Pass(4);
        var said = new List<TimeSpan>();
        DateTimeOffset start = _now;
        for (int i = 0; i < 30; i++)
        {
            if (Look(SampleCheck.NoFace).Say is not null) said.Add(_now - start);
        }

        Assert.Equal(3, said.Count);
        Assert.All(said.Zip(said.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public void Turning_the_wrong_way_is_corrected_and_not_taken()
    {
        _coach.Begin(_now);
        while (Look(Face()).Say is null)
        {
        }
        int before = _coach.FramesTaken;
        Pass(4);

        CoachAnswer answer = Look(Face(yaw: -0.15f));

        Assert.Equal(new CoachAnswer(false, "Turn a little more to the left."), answer);
        Assert.True(Look(Face(yaw: 0.15f)).Take);
        Assert.Equal(before + 1, _coach.FramesTaken);
    }

    [Fact]
    public void A_pose_that_does_not_come_is_skipped_and_the_rest_is_enough()
    {
        _coach.Begin(_now);
        for (int i = 0; i < 200 && _coach.State == CoachState.Working; i++) Look(Face());

        Assert.Equal((CoachState.Finished, 5), (_coach.State, _coach.FramesTaken));
    }

    [Fact]
    public void The_last_word_says_what_came_of_it()
    {
        _coach.Begin(_now);
        Assert.Null(_coach.Conclude(_now, isKept: true));
        for (int i = 0; i < 200 && _coach.State == CoachState.Working; i++) Look(Face());

        Assert.Equal("I will know Anna from now on.", _coach.Conclude(_now, isKept: true));
        Assert.Contains("Nothing was kept", _coach.Conclude(_now, isKept: false), StringComparison.Ordinal);
    }

    [Fact]
    public void With_nobody_there_it_gives_up_and_says_that_nothing_was_kept()
    {
        _coach.Begin(_now);
        string? last = null;
        for (int i = 0; i < 200 && _coach.State == CoachState.Working; i++)
        {
            Pass(0.5);
            last = _coach.Tick(_now).Say ?? last;
        }

        Assert.Equal(CoachState.GaveUp, _coach.State);
        Assert.Contains("Nothing was kept", last, StringComparison.Ordinal);
        Assert.Equal(default, Look(Face()));
    }

    private static float YawAskedBy(string sentence) =>
        sentence.Contains("left", StringComparison.Ordinal) ? 0.15f : sentence.Contains("right", StringComparison.Ordinal) ? -0.15f : 0;

    private static SampleCheck Face(float yaw = 0) =>
        new(1, FaceAlignment.Template, new FaceQuality(40, 0.1f, 120, 40, new FacePose(yaw, 0, 0), 0), []);

    private CoachAnswer Look(SampleCheck check)
    {
        _now += Frame;
        return _coach.Look(_now, check);
    }

    private void Pass(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
