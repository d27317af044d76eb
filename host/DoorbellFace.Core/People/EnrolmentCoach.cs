using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;

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
        new(Sentence.CoachStraight, Frames: 3, yaw => MathF.Abs(yaw) < 0.15f, Sentence.CoachStraighter),
        new(Sentence.CoachLeft, Frames: 2, yaw => yaw > 0.05f, Sentence.CoachMoreLeft),
        new(Sentence.CoachRight, Frames: 2, yaw => yaw < -0.05f, Sentence.CoachMoreRight),
        new(Sentence.CoachSmile, Frames: 2, yaw => MathF.Abs(yaw) < 0.15f, Sentence.CoachStraighter),
    ];

    private readonly string _name;
    private readonly Language _language;
    private readonly CoachOptions _options;
    private int _pose, _framesOfPose;
    private DateTimeOffset _poseSince, _spokeAt, _tookAt;
    private string? _said;

    /// <summary>Begins.</summary>
    /// <param name="name">Who is to be enrolled.</param>
    /// <param name="language">What is said is said in it.</param>
    /// <param name="options">How patient it is.</param>
    public EnrolmentCoach(string name, Language language, CoachOptions? options = null) =>
        (_name, _language, _options) = (name, language, options ?? new CoachOptions());

    /// <summary>How far it has come.</summary>
    public CoachState State { get; private set; }

    /// <summary>Frames taken so far.</summary>
    public int FramesTaken { get; private set; }

    /// <summary>What is to be said first.</summary>
    public string Begin(DateTimeOffset at)
    {
        _poseSince = at;
        return Spoken(at, $"{Words(Sentence.CoachBegin)} {Words(_poses[0].Asked)}");
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
        State != CoachState.Finished ? null : isKept ? Spoken(at, Words(Sentence.CoachKept)) : Failed(at);

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
        string asked = Words(_poses[_pose].Asked);
        return Spoken(at, wasDone ? $"{Words(Sentence.CoachGood)} {asked}" : asked);
    }

    private string End(DateTimeOffset at)
    {
        State = FramesTaken >= _options.FewestFrames ? CoachState.Finished : CoachState.GaveUp;
        return State == CoachState.Finished ? Spoken(at, Words(Sentence.CoachEnd)) : Failed(at);
    }

    private string Failed(DateTimeOffset at) => Spoken(at, Words(Sentence.CoachFailed));

    private string? Complaint(SampleCheck check, LightVerdict light) => check.Refusal switch
    {
        SampleRefusal.NoFace when light is LightVerdict.Dark or LightVerdict.Black => Words(Sentence.CoachNoLight),
        SampleRefusal.NoFace when light == LightVerdict.Flat => Words(Sentence.CoachCovered),
        SampleRefusal.NoFace => Words(Sentence.CoachNoFace),
        SampleRefusal.SeveralFaces => Words(Sentence.CoachSeveral, check.Faces),
        SampleRefusal.Quality => Words(Advice(check.Problems[0])),
        _ => _poses[_pose].Fits(check.Quality!.Pose.Yaw) ? null : Words(_poses[_pose].Correction),
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

    private string Words(Sentence sentence, int count = 1) => _language.Say(sentence, count, ("name", _name));

    private static Sentence Advice(FaceProblem problem) => problem switch
    {
        FaceProblem.CutOff => Sentence.CoachCutOff,
        FaceProblem.TooFar => Sentence.CoachTooFar,
        FaceProblem.TooDark => Sentence.CoachTooDark,
        FaceProblem.TooBright => Sentence.CoachTooBright,
        FaceProblem.Flat => Sentence.CoachFlat,
        FaceProblem.TurnedAway => Sentence.CoachTurnedAway,
        FaceProblem.Nodding => Sentence.CoachStraighter,
        FaceProblem.Blurred => Sentence.CoachBlurred,
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Unknown problem."),
    };

    /// <summary>A pose that is asked for.</summary>
    private sealed record Pose(Sentence Asked, int Frames, Func<float, bool> Fits, Sentence Correction);
}
