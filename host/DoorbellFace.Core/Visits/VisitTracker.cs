using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Visits;

/// <summary>
/// Follows one visit at a time: starts it, gathers what the frames say, answers as soon as that is certain and at the latest after some
/// frames or seconds, improves the answer if it can, and ends the visit. It reads no clock: times come with what it is told, so a recording
/// gives the same visits every time. Not thread-safe: one worker owns it.
/// </summary>
public sealed class VisitTracker
{
    /// <summary>Frames after which somebody who came later, and of whom it is not sure, is spoken of all the same.</summary>
    private const int FramesOfDoubt = 4;

    /// <summary>Once may be a car behind the visitor.</summary>
    private const int FewestMoves = 2;

    private readonly VisitOptions _options;
    private readonly DoorId _door;
    private readonly Func<DateTimeOffset, VisitId> _nameVisit;
    private readonly TrackList _tracks = new();

    private IMatchPolicy _policy;
    private VisitRecord? _visit;
    private DateTimeOffset _lastSign;
    private DateTimeOffset _answeredAt;
    private int _lookedAt;
    private int _failed;
    private int _unlit;
    private int _moved;
    private LightVerdict _light;

    /// <summary>Starts with nobody at the door.</summary>
    /// <param name="policy">Decides who it is.</param>
    /// <param name="options">How long a visit is waited on.</param>
    /// <param name="door">Which door.</param>
    /// <param name="nameVisit">Names the visit that begins at a time; null names it as a replay does: by door and time alone.</param>
    public VisitTracker(IMatchPolicy policy, VisitOptions? options = null, DoorId door = default,
        Func<DateTimeOffset, VisitId>? nameVisit = null)
    {
        _policy = policy;
        _options = options ?? new VisitOptions();
        _door = door;
        _nameVisit = nameVisit ?? (start => VisitId.Of(door, start, Guid.Empty));
    }

    /// <summary>The visit that goes on, or null.</summary>
    public VisitRecord? Current => _visit;

    /// <summary>The latest frames are too dark, or hidden, to wait for more: nobody's face has been seen in this visit.</summary>
    private bool IsUnlit => _tracks.IsEmpty && _unlit >= _options.UnlitFrames;

    private bool IsAnswered => _visit is not null && _visit.Outcome != VisitOutcome.Open;

    /// <summary>Someone was seen and answered for. A press after any other answer deserves a new look at once.</summary>
    private bool HasFaceAnswer => _visit?.Outcome is VisitOutcome.Known or VisitOutcome.Uncertain or VisitOutcome.Unknown;

    /// <summary>Decides by other people from now on.</summary>
    /// <param name="policy">The new one.</param>
    /// <param name="isSameModel">Whether it compares embeddings of the same model; if not, what was seen so far says nothing to it and is
    /// dropped.</param>
    public void Use(IMatchPolicy policy, bool isSameModel)
    {
        _policy = policy;
        if (!isSameModel) _tracks.Clear();
    }

    /// <summary>
    /// Strips the visit that goes on of a person who was removed: name, reasons and everything seen so far. What remains says that somebody
    /// was there, and is not identified again.
    /// </summary>
    /// <returns>Whether the visit was theirs.</returns>
    public bool Forget(IReadOnlySet<PersonId> removed)
    {
        if (_visit is null || !_visit.NamedPeople().Any(removed.Contains)) return false;
        _tracks.Clear();
        _visit = _visit with
        {
            Outcome = VisitOutcome.Forgotten, Person = null, Name = null, Figures = null, Company = [], Reasons = [], PicturePath = null,
        };
        return true;
    }

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
        _tracks.Ring();
        _visit = _visit with { Rings = _visit.Rings + 1 };
        events.Add(new VisitorRangAgain(at, _visit));
        return events;
    }

    /// <summary>Somebody indoors asks who is there: a visit begins unless one goes on that is not answered yet.</summary>
    public IReadOnlyList<VisitEvent> Look(DateTimeOffset at)
    {
        var events = new List<VisitEvent>(Tick(at));
        if (IsAnswered) events.Add(End(at));
        if (_visit is null) events.Add(Begin(at, VisitStart.Look));
        return events;
    }

    /// <summary>A frame has been looked at.</summary>
    /// <param name="at">When it arrived.</param>
    /// <param name="faces">Its faces, in any order. Each is followed by itself.</param>
    /// <param name="startIfNew">What begins a visit if a face is seen while there is none.</param>
    /// <param name="light">The light in a frame without a face: more frames of a dark door show no more of it.</param>
    /// <param name="moves">Something has moved since the frame before.</param>
    public IReadOnlyList<VisitEvent> Observe(
        DateTimeOffset at, IReadOnlyList<RecognizedFace> faces, VisitStart startIfNew = VisitStart.Face,
            LightVerdict light = LightVerdict.Right, bool moves = false)
    {
        var events = new List<VisitEvent>(Tick(at));
        if (_visit is null)
        {
            if (faces.Count == 0) return events;
            events.Add(Begin(at, startIfNew));
        }
        _visit = _visit! with { FramesSeen = _visit.FramesSeen + 1, FramesWithFace = _visit.FramesWithFace + (faces.Count > 0 ? 1 : 0) };
        _lookedAt++;
        _light = light;
        _unlit = faces.Count == 0 && light is LightVerdict.Dark or LightVerdict.Black or LightVerdict.Flat ? _unlit + 1 : 0;
        if (moves) _moved++;
        if (faces.Count > 0)
        {
            _lastSign = at;
            _tracks.Observe(faces);
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

    /// <summary>A frame came, and the networks failed on it.</summary>
    public IReadOnlyList<VisitEvent> ObserveFailed(DateTimeOffset at)
    {
        var events = new List<VisitEvent>(Tick(at));
        if (_visit is null) return events;
        _failed++;
        _lookedAt++;
        AnswerIfReady(at, events);
        return events;
    }

    /// <summary>
    /// Nothing can be looked at now, so that waiting for frames is of no use: a visit without an answer is answered as it stands.
    /// </summary>
    public IReadOnlyList<VisitEvent> AnswerUnseen(DateTimeOffset at)
    {
        var events = new List<VisitEvent>(Tick(at));
        if (_visit is null || IsAnswered) return events;
        _failed++;
        AnswerIfReady(at, events, mustAnswer: true);
        return events;
    }

    /// <summary>Lets time pass: an answer falls due, a visit ends.</summary>
    public IReadOnlyList<VisitEvent> Tick(DateTimeOffset now)
    {
        if (_visit is null) return [];
        var events = new List<VisitEvent>();
        if (!IsAnswered && now - _visit.StartedAt >= _options.DecideWithin)
            AnswerIfReady(_visit.StartedAt + _options.DecideWithin, events, mustAnswer: true);
        if (now - _lastSign >= _options.QuietTime) events.Add(End(_lastSign + _options.QuietTime));
        return events;
    }

    /// <summary>The program stops or the recording ends: a visit that goes on is answered as it stands, and ends.</summary>
    public IReadOnlyList<VisitEvent> Finish(DateTimeOffset at)
    {
        if (_visit is null) return [];
        var events = new List<VisitEvent>(Tick(at));
        if (_visit is null) return events;
        if (!IsAnswered)
        {
            // A picture may have been on its way: that none had come yet does not make the camera faulty.
            if (_lookedAt == 0) _failed++;
            AnswerIfReady(at, events, mustAnswer: true);
        }
        events.Add(End(at));
        return events;
    }

    private VisitStarted Begin(DateTimeOffset at, VisitStart startedBy)
    {
        _tracks.Clear();
        (_lookedAt, _failed, _unlit, _moved) = (0, 0, 0, 0);
        _lastSign = at;
        _visit = new VisitRecord
        {
            Id = _nameVisit(at), Door = _door, StartedAt = at, StartedBy = startedBy, Rings = startedBy == VisitStart.Ring ? 1 : 0,
        };
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
        IReadOnlyList<TrackAnswer> answers = _tracks.Decide(_policy);
        bool wasAnswered = IsAnswered;
        if (wasAnswered
            ? !answers.Any(IsNews)
            : !(_tracks.IsCertain(answers, _policy) || mustAnswer || IsUnlit || _lookedAt >= _options.MaxFrames)) return;

        Visitor[] joined = HasFaceAnswer
            ? [.. answers.Where(answer => answer.Track.Said is null && IsNews(answer)).Select(answer => answer.Visitor)]
            : [];
        if (wasAnswered) answers = [.. answers.Where(answer => answer.Track.Said is not null || IsNews(answer))];
        foreach (TrackAnswer answer in answers) answer.Track.Said = answer.Visitor.Outcome;
        Visitor[] visitors = [.. answers.Select(answer => answer.Visitor)];
        _visit = visitors.Length > 0
            ? _visit!.Of(visitors) with
            {
                Reasons = [.. _visit.Reasons, .. visitors.Select(visitor => visitor.Reason).Except(_visit.Reasons)],
            }
            : _visit! with { Outcome = OutcomeWithoutFace(_visit), Reasons = [.. _visit.Reasons, ReasonWithoutFace(_visit)] };
        if (!wasAnswered) _answeredAt = at;
        events.Add(new VisitorIdentified(at, _visit, IsCorrection: wasAnswered)
        {
            Joined = joined,
            Stranger = answers is [{ Identification.Outcome: IdentificationOutcome.Unknown } alone] ? [.. alone.Track.Votes] : [],
        });
    }

    /// <summary>
    /// Whether something is to be said after the first answer: a name for somebody who had none, and whoever was not there before: with a
    /// name as soon as there is one, without one when enough frames say so.
    /// </summary>
    private bool IsNews(TrackAnswer answer)
    {
        if (_visit!.Outcome == VisitOutcome.Forgotten) return false;
        IdentificationOutcome now = answer.Identification.Outcome;
        if (!HasFaceAnswer) return true;
        if (answer.Track.Said is { } said) return said != VisitOutcome.Known && now == IdentificationOutcome.Known;
        return now switch
        {
            IdentificationOutcome.Known => true,
            IdentificationOutcome.Unknown => _policy.IsCertain(answer.Track.Votes, answer.Identification),
            _ => answer.Track.Frames >= FramesOfDoubt,
        };
    }

    private VisitOutcome OutcomeWithoutFace(VisitRecord visit) =>
        IsUnlit ? _light == LightVerdict.Dark ? VisitOutcome.Dark : VisitOutcome.Covered : visit.FramesSeen > 0
            ? _moved >= FewestMoves ? VisitOutcome.Moving : VisitOutcome.NoFace
            : _failed > 0 ? VisitOutcome.NotLookedAt : visit.FramesRefused > 0 ? VisitOutcome.DamagedPicture : VisitOutcome.NoPicture;

    private string ReasonWithoutFace(VisitRecord visit) => visit.FramesSeen == 0 && _failed > 0
        ? _lookedAt > 0 ? "The pictures could not be examined." : "No picture was examined."
        : $"No face in {(visit.FramesSeen == 1 ? "1 frame" : $"{visit.FramesSeen} frames")}"
        + (visit.FramesRefused > 0 ? $"; {visit.FramesRefused} more were too damaged to be looked at." : ".");
}
