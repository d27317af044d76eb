using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Visits;

/// <summary>
/// Follows one visit at a time: starts it, gathers what the frames say, answers as soon as that is certain and at the latest after some frames
/// or seconds, betters the answer if it can, and ends the visit. It reads no clock: times come with what it is told, so a recording gives the
/// same visits every time. Not thread-safe: one worker owns it.
/// </summary>
public sealed class VisitTracker
{
    /// <summary>Frames kept for the vote; older ones no longer count, so a visitor who steps closer is seen anew.</summary>
    private const int MaxVotes = 12;

    private readonly IMatchPolicy _policy;
    private readonly VisitOptions _options;
    private readonly List<FaceVote> _votes = [];

    private VisitRecord? _visit;
    private DateTimeOffset _lastSign;
    private DateTimeOffset _answeredAt;
    private int _lookedAt;

    /// <summary>Starts with nobody at the door.</summary>
    public VisitTracker(IMatchPolicy policy, VisitOptions? options = null)
    {
        _policy = policy;
        _options = options ?? new VisitOptions();
    }

    /// <summary>The visit that goes on, or null.</summary>
    public VisitRecord? Current => _visit;

    private bool IsAnswered => _visit is not null && _visit.Outcome != VisitOutcome.Open;

    /// <summary>Someone was seen and answered for. A press after any other answer deserves a new look at once.</summary>
    private bool HasFaceAnswer => _visit?.Outcome is VisitOutcome.Known or VisitOutcome.Uncertain or VisitOutcome.Unknown;

    /// <summary>The button was pressed.</summary>
    public IReadOnlyList<VisitEvent> Ring(DateTimeOffset at)
    {
        var events = new List<VisitEvent>(Tick(at));
        if (IsAnswered && (!HasFaceAnswer || at - _answeredAt > _options.ImpatienceTime)) events.Add(End(at));
        if (_visit is null)
        {
            events.Add(Begin(at, VisitStart.Ring));
            return events;
        }
        _lastSign = at;
        _visit = _visit with { Rings = _visit.Rings + 1 };
        events.Add(new VisitorRangAgain(at, _visit));
        return events;
    }

    /// <summary>A frame has been looked at.</summary>
    /// <param name="at">When it arrived.</param>
    /// <param name="faces">Its faces, the visitor's first; only that one is asked about: it is nearest to the door.</param>
    /// <param name="startIfNew">What begins a visit if a face is seen while there is none.</param>
    public IReadOnlyList<VisitEvent> Observe(DateTimeOffset at, IReadOnlyList<RecognizedFace> faces, VisitStart startIfNew = VisitStart.Face)
    {
        var events = new List<VisitEvent>(Tick(at));
        if (_visit is null)
        {
            if (faces.Count == 0) return events;
            events.Add(Begin(at, startIfNew));
        }
        _visit = _visit! with { FramesSeen = _visit.FramesSeen + 1, FramesWithFace = _visit.FramesWithFace + (faces.Count > 0 ? 1 : 0) };
        _lookedAt++;
        if (faces.Count > 0)
        {
            _lastSign = at;
            _votes.Add(faces[0].Vote);
            if (_votes.Count > MaxVotes) _votes.RemoveAt(0);
        }
        AnswerIfReady(at, events);
        return events;
    }

    /// <summary>A frame came too damaged to be looked at.</summary>
    public IReadOnlyList<VisitEvent> ObserveDamaged(DateTimeOffset at)
    {
        var events = new List<VisitEvent>(Tick(at));
        if (_visit is null) return events;
        _visit = _visit with { FramesRefused = _visit.FramesRefused + 1 };
        _lookedAt++;
        AnswerIfReady(at, events);
        return events;
    }

    /// <summary>Lets time pass: an answer falls due, a visit ends.</summary>
    public IReadOnlyList<VisitEvent> Tick(DateTimeOffset now)
    {
        if (_visit is null) return [];
        var events = new List<VisitEvent>();
        if (!IsAnswered && now - _visit.StartedAt >= _options.DecideWithin) AnswerIfReady(_visit.StartedAt + _options.DecideWithin, events, mustAnswer: true);
        if (now - _lastSign >= _options.QuietTime) events.Add(End(_lastSign + _options.QuietTime));
        return events;
    }

    /// <summary>The program stops or the recording ends: a visit that goes on is answered as it stands, and ends.</summary>
    public IReadOnlyList<VisitEvent> Finish(DateTimeOffset at)
    {
        if (_visit is null) return [];
        var events = new List<VisitEvent>(Tick(at));
        if (_visit is null) return events;
        if (!IsAnswered) AnswerIfReady(at, events, mustAnswer: true);
        events.Add(End(at));
        return events;
    }

    private VisitStarted Begin(DateTimeOffset at, VisitStart startedBy)
    {
        _votes.Clear();
        _lookedAt = 0;
        _lastSign = at;
        _visit = new VisitRecord { Id = VisitId.StartingAt(at), StartedAt = at, StartedBy = startedBy, Rings = startedBy == VisitStart.Ring ? 1 : 0 };
        return new VisitStarted(at, _visit);
    }

    private VisitEnded End(DateTimeOffset at)
    {
        VisitRecord ended = _visit! with { EndedAt = at };
        _visit = null;
        return new VisitEnded(at, ended);
    }

    private void AnswerIfReady(DateTimeOffset at, List<VisitEvent> events, bool mustAnswer = false)
    {
        Identification? identification = _votes.Count > 0 ? _policy.Decide(_votes) : null;
        bool isCertain = identification is not null && _policy.IsCertain(_votes, identification);
        bool wasAnswered = IsAnswered;
        if (wasAnswered ? !(identification is not null && Betters(identification)) : !(isCertain || mustAnswer || _lookedAt >= _options.MaxFrames)) return;

        _visit = identification is not null
            ? _visit! with
            {
                Outcome = OutcomeOf(identification),
                Name = identification.Name,
                Score = identification.Score,
                Reasons = [.. _visit.Reasons, identification.Reason],
            }
            : _visit! with { Outcome = OutcomeWithoutFace(_visit), Reasons = [.. _visit.Reasons, ReasonWithoutFace(_visit)] };
        if (!wasAnswered) _answeredAt = at;
        events.Add(new VisitorIdentified(at, _visit, IsCorrection: wasAnswered));
    }

    /// <summary>An answer is bettered by a name, and the lack of a face by anything.</summary>
    private bool Betters(Identification now) => _visit!.Outcome switch
    {
        VisitOutcome.Known => false,
        VisitOutcome.Uncertain or VisitOutcome.Unknown => now.Outcome == IdentificationOutcome.Known,
        _ => true,
    };

    private static VisitOutcome OutcomeOf(Identification identification) => identification.Outcome switch
    {
        IdentificationOutcome.Known => VisitOutcome.Known,
        IdentificationOutcome.Uncertain => VisitOutcome.Uncertain,
        _ => VisitOutcome.Unknown,
    };

    private static VisitOutcome OutcomeWithoutFace(VisitRecord visit) =>
        visit.FramesSeen > 0 ? VisitOutcome.NoFace : visit.FramesRefused > 0 ? VisitOutcome.DamagedPicture : VisitOutcome.NoPicture;

    private static string ReasonWithoutFace(VisitRecord visit) =>
        $"No face in {visit.FramesSeen} frames; {visit.FramesRefused} more were too damaged to be looked at.";
}
