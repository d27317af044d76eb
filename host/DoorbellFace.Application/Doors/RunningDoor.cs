using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Application.Wall;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Doors;

/// <summary>What a running door is joined from; whoever made the parts disposes them.</summary>
/// <param name="Link">The line to the doorbell.</param>
/// <param name="Voice">The chime and the voice.</param>
/// <param name="Recognition">Networks and people.</param>
/// <param name="Subscribers">Who else wants to know.</param>
public sealed record DoorParts(IDoorLink Link, IDoorVoice Voice, IRecognition Recognition, IReadOnlyList<IDoorSubscriber> Subscribers)
{
    /// <summary>Which door.</summary>
    public DoorId Door { get; init; } = DoorId.Front;

    /// <summary>What is said is said in it.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>The rules of the house; null: there are none.</summary>
    public IRulesStorage? HouseRules { get; init; }

    /// <summary>The faces that hang on the wall; null: there are none, and none can be learnt.</summary>
    public IWallStorage? Wall { get; init; }

    /// <summary>Lets the doorbell know people; null where nobody can be enrolled.</summary>
    public EnrolmentService? Enrolment { get; init; }

    /// <summary>Knows strangers again; null where nothing does.</summary>
    public IStrangers? Strangers { get; init; }

    /// <summary>
    /// Keeps a ring where the end of the program cannot lose it, before the device is told that it was heard; null where nothing is kept.
    /// </summary>
    public Func<DoorId, DateTimeOffset, PressId, Task>? KeepRing { get; init; }

    /// <summary>
    /// What else sounds or shows the bell, told of its loudness in percent, 1 to 100, with every chime and by the same rules. Each must
    /// return at once and never throw.
    /// </summary>
    public IReadOnlyList<Action<int>> Bells { get; init; } = [];
}

/// <summary>
/// A door that is listened to: link, recognition, visits, voice and subscribers joined. The chime sounds on the task that reads the port,
/// before any queue; one worker looks and decides; each subscriber has a queue and a task of its own.
/// </summary>
public sealed partial class RunningDoor : IDoorView
{
    /// <summary>How long subscribers may take to finish when the door closes.</summary>
    private static readonly TimeSpan SubscriberLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long the last sentences may take when the door closes.</summary>
    private static readonly TimeSpan VoiceLimit = TimeSpan.FromSeconds(2.5);

    private readonly DoorParts _parts;
    private readonly SteadyTime _time;
    private readonly ILogger _log;
    private readonly DoorPipeline _pipeline;
    private readonly DoorWorker _worker;
    private readonly LiveRules _rules;
    private readonly LiveWall _wall;
    private readonly Announcer _announcer;
    private readonly LinkWatch _watch;
    private readonly SubscriberQueue[] _subscribers;
    private readonly RemarkFilter _remarks = new();
    private readonly RingLimit _ringLimit = new();
    private TimeSpan _visitShift;
    private Sentence? _spokenTrouble;
    private Announcement? _lastSaid;
    private bool _isBroken, _areRulesBroken;

    /// <summary>Joins the parts.</summary>
    /// <param name="parts">They belong to the caller.</param>
    /// <param name="time">The clock that stamps the link's events.</param>
    /// <param name="log">For remarks.</param>
    public RunningDoor(DoorParts parts, SteadyTime time, ILogger log)
    {
        (_parts, _time, _log) = (parts, time, log);
        _ownBoot = (int)(time.GetUtcNow().ToUnixTimeSeconds() / 60);
        _rules = new LiveRules(parts.HouseRules, log);
        _rules.Refresh();
        _wall = new LiveWall(parts.Wall, log);
        _wall.Refresh();
        _announcer = new Announcer(parts.Language, _rules, time.LocalTimeZone, log);
        parts.Strangers?.Use(parts.Recognition.HouseholdOf);
        _watch = new LinkWatch(time.GetUtcNow(), parts.Language);
        _subscribers = [.. parts.Subscribers.Select(subscriber => new SubscriberQueue(subscriber, log))];
        var run = Guid.NewGuid();
        var tracker =
            new VisitTracker(parts.Recognition.Policy, door: parts.Door, nameVisit: start =>
                VisitId.Of(parts.Door, time.Shown(start), run));
        _pipeline = new DoorPipeline(parts.Recognition.Recognizer, tracker, Publish)
        {
            FrameLookedAt = FrameLookedAt,
            FrameFailed = FrameFailed,
            IsOnlyWatched = IsOnlyWatched,
            Overlook = (faces, frame) => _wall.Current.Overlook(faces, frame.Width),
        };
        _worker = new DoorWorker(_pipeline, time)
        {
            Heard = Heard,
            Ticked = Ticked,
            Send = SendFromWorkerAsync,
        };
    }

    /// <summary>What came of frames and visits.</summary>
    public PipelineCounters Counters => _pipeline.Counters;

    /// <summary>
    /// Works until <paramref name="stop"/> is set; then a visit that goes on is answered and ended, and what is to be said is said.
    /// </summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _parts.Link.PressHeard = PressHeard;
        if (_parts.KeepRing is not null) _parts.Link.KeepRing = KeepAsync;
        _parts.Voice.ChimeStarted += ChimeStarted;
        _parts.Voice.UtteranceStarted += UtteranceStarted;
        foreach (SubscriberQueue subscriber in _subscribers) subscriber.Start();
        SayTrouble();
        try
        {
            await _worker.RunAsync(_parts.Link.ReadEventsAsync(stop), stop).ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task CloseAsync()
    {
        _parts.Link.PressHeard = null;
        // The last sentence first: what waits in a queue must not keep the visitor's name from being said.
        try
        {
            using var limit = new CancellationTokenSource(VoiceLimit, _time);
            await _parts.Voice.DrainAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _log.LogWarning("Not everything could be said before the end.");
        }
        Counters.FramesSkipped = _parts.Link.FramesSkipped;
        Tell(new DoorClosed(_parts.Door, _time.Shown(_time.GetUtcNow()), _parts.Link.Statistics, Counters, _parts.Voice.Counters));
        await Task.WhenAll(_subscribers.Select(subscriber => subscriber.StopAsync(SubscriberLimit, _time))).ConfigureAwait(false);
        foreach (SubscriberQueue subscriber in _subscribers) subscriber.Dispose();
        _parts.Voice.ChimeStarted -= ChimeStarted;
        _parts.Voice.UtteranceStarted -= UtteranceStarted;
    }

    private void PressHeard(BellReceived bell)
    {
        bool wasStorm, sounds;
        long before, heldBack;
        // The doorbell's button and one of this computer's are heard by different tasks.
        lock (_ringLimit)
        {
            (wasStorm, before) = (_ringLimit.IsStorm, _ringLimit.HeldBack);
            sounds = _ringLimit.Pass(bell.At);
            heldBack = _ringLimit.HeldBack;
        }
        if (wasStorm && heldBack < before) _log.LogWarning("The bell is quiet again; {Rings} rings did not sound.", before);
        // By the rules as they were read last: the chime waits for no disk.
        if (sounds) Chime(_announcer.ChimePercent(_time.Shown(bell.At)));
        else if (heldBack == 1)
            _log.LogWarning(
                "The bell rings faster than {Most} times in a second, which no finger does: the button or its wire may be faulty. It "
                + "sounds again after a second of quiet; every ring counts.", RingLimit.MostInASecond);
    }

    private Task KeepAsync(BellReceived heard) => _parts.KeepRing?.Invoke(
        _parts.Door, _time.Shown(heard.At), new PressId(heard.Bell.Boot, heard.Bell.Press)) ?? Task.CompletedTask;

    private void Chime(int percent)
    {
        if (percent == 0) return;
        _parts.Voice.Chime(percent);
        foreach (Action<int> bell in _parts.Bells) bell(percent);
    }

    private void Heard(LinkEvent happened)
    {
        DateTimeOffset at = _time.Shown(happened.At);
        if (_watch.Hear(happened) is { } news) _parts.Voice.Speak(news);
        HearForEnrolment(happened);
        HearForWall(happened);
        HearForView(happened);
        switch (happened)
        {
            case LinkUp up:
                Tell(new DoorbellFound(_parts.Door, at, up.Name, up.Hello));
                break;
            case LinkDown down:
                Tell(new DoorbellLost(_parts.Door, at, down.Fault, down.Reason));
                break;
            case BellReceived { IsNew: true } bell:
                // People who were enrolled or removed a moment ago are known or unknown to this very ring.
                Refresh();
                Tell(new BellRang(_parts.Door, at, bell.Bell.Press, bell.Bell.Boot));
                break;
            case FrameRefused refused:
                Tell(new FrameDamaged(_parts.Door, at, refused.Sequence, refused.Reason));
                break;
            case LogReceived log when _remarks.Pass(log.Log.Text, happened.At) is { } text:
                Tell(new DoorbellRemarked(_parts.Door, at, text));
                break;
            default:
                break;
        }
    }

    private void Ticked(DateTimeOffset now)
    {
        if (_watch.Tick(now) is { } news) _parts.Voice.Speak(news);
        TickEnrolment(now);
        Refresh();
        _parts.Strangers?.Tick(now, _time.Shown(now), _pipeline.Current is null ? _parts.Recognition.Recognizer : null);
        if (_announcer.Tick(now) is { } again) _parts.Voice.Speak(again);
    }

    private void Refresh()
    {
        _rules.Refresh();
        _wall.Refresh();
        if (_parts.Recognition.Refresh() is { } change)
        {
            _pipeline.Use(_parts.Recognition.Recognizer, _parts.Recognition.Policy, change.IsSameModel);
            if (!change.IsSameModel) _parts.Strangers?.Use(_parts.Recognition.HouseholdOf);
            _announcer.Forget(change.Removed);
            if (change.Removed.Count > 0) _picture = null;
            if (change.Removed.Count > 0 && _pipeline.Forget(change.Removed) is { } visit) TellForgotten(Shown(visit));
            Tell(new PeopleChanged(_parts.Door, _time.Shown(_time.GetUtcNow()), _parts.Recognition.Names, _parts.Recognition.Trouble));
        }
        SayTrouble();
    }

    /// <summary>Trouble with networks, people or rules is spoken once.</summary>
    private void SayTrouble()
    {
        Sentence? trouble = _parts.Recognition.SpokenTrouble;
        if (trouble is { } sentence && trouble != _spokenTrouble)
            _parts.Voice.Speak(new Announcement(_parts.Language.Say(sentence), AnnouncementPriority.High, "recognition"));
        _spokenTrouble = trouble;
        if (_rules.IsBroken && !_areRulesBroken)
            _parts.Voice.Speak(new Announcement(_parts.Language.Say(Sentence.RulesUnreadable), AnnouncementPriority.High, "rules"));
        _areRulesBroken = _rules.IsBroken;
    }

    private void Publish(VisitEvent happened, VisitPicture? picture)
    {
        // The voice first: what takes time (a picture, the disk) must not delay the name.
        Planned? planned = _announcer.Plan(happened, _time.Shown(happened.At), isAsked: _looks.Count > 0);
        if (planned is not null)
        {
            planned = WithEarlierVisits(planned, happened);
            if (planned.Says is { } said) _parts.Voice.Speak(said);
            // What a rule kept from being said is still told to whoever asks for it.
            _lastSaid = planned.Answer;
            AnswerLook(happened, planned.Answer);
        }
        // One shift for all of a visit: a clock that is set meanwhile must not make it last minus two hours.
        if (happened is VisitStarted) _visitShift = _time.WallAhead;
        VisitEvent shown = happened with { At = happened.At + _visitShift, Visit = Shown(happened.Visit) };
        ViewVisit(shown);
        Tell(new VisitChanged(_parts.Door, shown.At, shown, picture, planned?.Says));
        if (happened is VisitEnded) AskAboutTheWall();
    }

    /// <summary>Of a stranger who was here before it is said when.</summary>
    private Planned WithEarlierVisits(Planned planned, VisitEvent happened)
    {
        if (happened is not VisitorIdentified { Stranger.Count: > 0 } identified || _parts.Strangers is not { } strangers) return planned;
        DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _time.LocalTimeZone).DateTime;
        DateTime[] before = [.. strangers.Recall(identified).Select(Local)];
        return before.Length == 0
            ? planned
            : planned.Followed(EarlierVisits.Say(_parts.Language, before, Local(_time.Shown(happened.At))));
    }

    private void TellForgotten(VisitRecord visit)
    {
        _viewed = visit;
        Tell(new VisitForgotten(_parts.Door, _time.Shown(_time.GetUtcNow()), visit));
    }

    private VisitRecord Shown(VisitRecord visit) =>
        visit with { StartedAt = visit.StartedAt + _visitShift, EndedAt = visit.EndedAt + _visitShift };

    private void FrameFailed(Exception error)
    {
        if (!_isBroken) _log.LogError(error, "The networks failed on a frame; the door goes on without looking.");
        _isBroken = true;
    }

    private void ChimeStarted(DateTimeOffset at) => Tell(new ChimeSounded(_parts.Door, _time.Shown(at)));

    private void UtteranceStarted(Announcement announcement, DateTimeOffset at) =>
        Tell(new SentenceSounded(_parts.Door, _time.Shown(at), announcement.Text, announcement.Visit, at - announcement.DecidedAt));

    private void Tell(DoorEvent happened)
    {
        foreach (SubscriberQueue subscriber in _subscribers) subscriber.Offer(happened);
    }
}
