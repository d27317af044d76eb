using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.People;

/// <summary>What the coach says to a frame.</summary>
/// <param name="Take">The frame is to be offered to the <see cref="Enrolment"/>.</param>
/// <param name="Say">A sentence for the person before the camera, or null.</param>
public readonly record struct CoachAnswer(bool Take, string? Say);

/// <summary>How far the coach has come.</summary>
public enum CoachState
{
    /// <summary>More frames are wanted.</summary>
    Working,

    /// <summary>There are enough good frames.</summary>
    Finished,

    /// <summary>The time is over, and there are too few.</summary>
    GaveUp,
}

/// <summary>How patient the coach is.</summary>
public sealed record CoachOptions
{
    /// <summary>Least time from one sentence to the next: 3 s by default, about as long as one takes to be spoken and obeyed.</summary>
    public TimeSpan BetweenSentences { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Least time until the same sentence is said again: 7 s by default.</summary>
    public TimeSpan BeforeRepeating { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>Time to obey a new pose before frames count: 1.5 s by default.</summary>
    public TimeSpan ToSettle { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Least time between two frames that are taken: 0.3 s by default; nearer ones are the same picture.</summary>
    public TimeSpan BetweenFrames { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>
    /// Time for one pose, after which the next is asked for: 15 s by default. The first one gets twice as much: until then nobody may be
    /// there.
    /// </summary>
    public TimeSpan PerPose { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Good frames without which an enrolment fails: 3 by default.</summary>
    public int FewestFrames { get; init; } = 3;
}

/// <summary>
/// Leads a person before the doorbell's camera through a few poses by voice, and says which frames are worth keeping. A state machine: time
/// comes with the frames. Left and right are the person's own; the camera sees them the other way round. Not thread-safe.
/// </summary>
public sealed class EnrolmentCoach
{
    private readonly Pose[] _poses =
    [
        new("Look into the camera.", Frames: 3, yaw => MathF.Abs(yaw) < 0.15f, "Look straight into the camera."),
        new("Good. Turn a little to the left.", Frames: 2, yaw => yaw > 0.05f, "Turn a little more to the left."),
        new("Good. Now a little to the right.", Frames: 2, yaw => yaw < -0.05f, "Turn a little more to the right."),
        new("Good. Look into the camera again, and smile.", Frames: 2, yaw => MathF.Abs(yaw) < 0.15f, "Look straight into the camera."),
    ];

    private readonly string _name;
    private readonly CoachOptions _options;
    private int _pose, _framesOfPose;
    private DateTimeOffset _poseSince, _spokeAt, _tookAt;
    private string? _said;

    /// <summary>Begins.</summary>
    /// <param name="name">Who is to be enrolled.</param>
    /// <param name="options">How patient it is.</param>
    public EnrolmentCoach(string name, CoachOptions? options = null) => (_name, _options) = (name, options ?? new CoachOptions());

    /// <summary>How far it has come.</summary>
    public CoachState State { get; private set; }

    /// <summary>Frames taken so far.</summary>
    public int FramesTaken { get; private set; }

    /// <summary>What is to be said first.</summary>
    public string Begin(DateTimeOffset at)
    {
        _poseSince = at;
        return Spoken(at, $"I will take pictures of {_name} now. Stand before the door at arm's length. {_poses[0].Asked}");
    }

    /// <summary>A frame was looked at.</summary>
    /// <param name="at">When it came.</param>
    /// <param name="check">What is to be seen on it.</param>
    /// <param name="light">The light in it: where it is dark, that is why there is no face.</param>
    public CoachAnswer Look(DateTimeOffset at, SampleCheck check, LightVerdict light = LightVerdict.Right)
    {
        if (Overdue(at) is { } over) return over;
        if (State != CoachState.Working || at - _poseSince < _options.ToSettle) return default;
        if (Complaint(check, light) is { } complaint) return new CoachAnswer(false, Remark(at, complaint));
        if (at - _tookAt < _options.BetweenFrames) return default;
        _tookAt = at;
        FramesTaken++;
        _framesOfPose++;
        return new CoachAnswer(true, _framesOfPose < _poses[_pose].Frames ? null : Next(at));
    }

    /// <summary>Time passes without a frame.</summary>
    /// <param name="at">Now.</param>
    public CoachAnswer Tick(DateTimeOffset at) => Overdue(at) ?? default;

    /// <summary>The last word, once the pictures have been compared with each other; null when all is said.</summary>
    /// <param name="at">Now.</param>
    /// <param name="isKept">Whether the person is enrolled.</param>
    public string? Conclude(DateTimeOffset at, bool isKept) =>
        State != CoachState.Finished ? null : isKept ? Spoken(at, $"I will know {_name} from now on.") : Failed(at);

    private CoachAnswer? Overdue(DateTimeOffset at)
    {
        if (State != CoachState.Working) return null;
        TimeSpan patience = _pose == 0 ? _options.PerPose * 2 : _options.PerPose;
        return at - _poseSince < patience ? null : new CoachAnswer(false, _pose == 0 ? End(at) : Next(at));
    }

    /// <summary>The next pose, or the end.</summary>
    private string Next(DateTimeOffset at)
    {
        bool wasDone = _framesOfPose >= _poses[_pose].Frames;
        if (++_pose == _poses.Length) return End(at);
        _framesOfPose = 0;
        _poseSince = at;
        return Spoken(at, wasDone ? _poses[_pose].Asked : _poses[_pose].Asked.Replace("Good. ", "", StringComparison.Ordinal));
    }

    private string End(DateTimeOffset at)
    {
        State = FramesTaken >= _options.FewestFrames ? CoachState.Finished : CoachState.GaveUp;
        return State == CoachState.Finished ? Spoken(at, "Thank you, that is all.") : Failed(at);
    }

    private string Failed(DateTimeOffset at) =>
        Spoken(at,
            $"I could not get enough good pictures of {_name}. Nothing was kept. "
            + "Please try again, with more light and close to the camera.");

    private string? Complaint(SampleCheck check, LightVerdict light) => check.Refusal switch
    {
        SampleRefusal.NoFace when light is LightVerdict.Dark or LightVerdict.Black =>
            "It is too dark for me to see a face. More light, please.",
        SampleRefusal.NoFace when light == LightVerdict.Flat => "I see nothing at all. Is something over the lens?",
        SampleRefusal.NoFace => "I cannot see a face.",
        SampleRefusal.SeveralFaces => $"I see {check.Faces} faces. Only {_name} should be before the camera.",
        SampleRefusal.Quality => Sentence(check.Problems[0].Advice()),
        _ => _poses[_pose].Fits(check.Quality!.Pose.Yaw) ? null : _poses[_pose].Correction,
    };

    /// <summary>Advice that is repeated at once is a scolding.</summary>
    private string? Remark(DateTimeOffset at, string sentence)
    {
        TimeSpan since = at - _spokeAt;
        return since < (sentence == _said ? _options.BeforeRepeating : _options.BetweenSentences) ? null : Spoken(at, sentence);
    }

    private string Spoken(DateTimeOffset at, string sentence)
    {
        _spokeAt = at;
        return _said = sentence;
    }

    private static string Sentence(string advice) =>
        char.ToUpperInvariant(advice[0]) + advice[1..] + (advice.EndsWith("please", StringComparison.Ordinal) ? "." : ", please.");

    /// <summary>A pose that is asked for.</summary>
    private sealed record Pose(string Asked, int Frames, Func<float, bool> Fits, string Correction);
}
