using DoorbellFace.Application.Faces;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <content>What others ask of the door. Everything that touches the networks or the visit is done by the door's worker, between two
/// events.</content>
public sealed partial class RunningDoor
{
    /// <summary>A look that nothing came of by then is given up; the tracker answers within eight seconds.</summary>
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(15);

    /// <summary>The worker is done with a frame long before; only a door that closes takes no requests any more.</summary>
    private static readonly TimeSpan LastWordLimit = TimeSpan.FromSeconds(2);

    /// <summary>More is no sentence any more.</summary>
    private const int LongestText = 500;

    /// <summary>The doorbell's own number of its start is 0 to 127; this computer's is the minute in which the door was made.</summary>
    private readonly int _ownBoot;

    private readonly List<TaskCompletionSource<string>> _looks = [];
    private int _ownPresses;
    private EnrolmentRun? _enrolment;

    /// <inheritdoc/>
    public DoorStatus Status => new(_parts.Link.IsUp, _parts.Recognition.Names, _parts.Recognition.Trouble, _lastSaid?.Text);

    /// <inheritdoc/>
    public async Task<string> LookAsync(CancellationToken stop)
    {
        if (!_parts.Link.IsUp) throw NoDoorbell();
        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Request(() =>
        {
            // Two who ask at once get the same answer.
            _looks.Add(answered);
            _pipeline.Look(_time.GetUtcNow());
        });
        await _parts.Link.SendAsync(HostCommand.StreamOn, stop).ConfigureAwait(false);
        try
        {
            return await answered.Task.WaitAsync(LookLimit, _time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw NoPicture();
        }
    }

    /// <inheritdoc/>
    public string? SayAgain()
    {
        if (_lastSaid is not { } last) return null;
        _parts.Voice.Speak(
            last with { Priority = AnnouncementPriority.High, Key = "again", StaleAfter = null,
                WordsPerMinute = _rules.Current.WordsPerMinute });
        return last.Text;
    }

    /// <inheritdoc/>
    public void Say(string text)
    {
        if (text.Trim() is not { Length: > 0 and <= LongestText } said)
            throw new DoorbellException(ErrorKind.InvalidValue, $"Expected 1 to {LongestText} letters to say; found {text.Trim().Length}.");
        _parts.Voice.Speak(new Announcement(said, AnnouncementPriority.High,
            $"asked/{said}") { LoudnessPercent = _rules.Current.VolumePercent, WordsPerMinute = _rules.Current.WordsPerMinute });
    }

    /// <inheritdoc/>
    public void Ring()
    {
        var bell = new BellReceived(
            _time.GetUtcNow(), new BellPacket(_ownBoot, Interlocked.Increment(ref _ownPresses)), IsNew: true);
        PressHeard(bell);
        _ = KeepAsync(bell);
        Request(() =>
        {
            Heard(bell);
            _pipeline.Handle(bell);
        });
        // Its own button makes the doorbell send pictures; of this one it knows nothing.
        _ = _parts.Link.SendAsync(HostCommand.StreamOn, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task<EnrolmentReport?> EnrolAsync(string name, CoachOptions coach, bool anyway, Action<string> said,
        CancellationToken stop)
    {
        if (_parts.Enrolment is not { } service) throw new DoorbellException(ErrorKind.Refused, "Nobody can be enrolled at this door.");
        if (!_parts.Link.IsUp) throw NoDoorbell();
        var begun = new TaskCompletionSource<EnrolmentRun>(TaskCreationOptions.RunContinuationsAsynchronously);
        Request(() =>
        {
            try
            {
                begun.TrySetResult(BeginEnrolment(service, name, coach, anyway, said));
            }
            catch (DoorbellException error)
            {
                begun.TrySetException(error);
            }
        });
        EnrolmentRun run = await begun.Task.WaitAsync(stop).ConfigureAwait(false);
        bool isKept = false;
        try
        {
            await _parts.Link.SendAsync(HostCommand.StreamOn, stop).ConfigureAwait(false);
            if (await run.Ended.Task.WaitAsync(stop).ConfigureAwait(false) != CoachState.Finished) return null;
            EnrolmentReport report = service.Finish(run.UnderWay, coach.FewestFrames, []);
            isKept = report.Result.Added.Count > 0;
            return report;
        }
        finally
        {
            var concluded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Request(() =>
            {
                _enrolment = null;
                run.AtDoor.Conclude(_time.GetUtcNow(), isKept);
                concluded.TrySetResult();
            });
            // Whoever asked goes on when the coach has had the last word.
            await Task.WhenAny(concluded.Task, Task.Delay(LastWordLimit, _time, CancellationToken.None)).ConfigureAwait(false);
            _ = SendFromWorkerAsync(HostCommand.StreamOff, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async Task LendPortAsync(Action<string?> lent, CancellationToken giveBack) =>
        await _parts.Link.LendAsync(lent, giveBack).ConfigureAwait(false);

    private DoorbellException NoDoorbell() => _parts.Link.IsLent
        ? new(ErrorKind.InUse, "The doorbell is being examined. Ask again when that is over.")
        : new(ErrorKind.MissingPart, "The doorbell is not there.", new Remedy(RemedyKey.Examine));

    private static DoorbellException NoPicture() =>
        new(ErrorKind.MissingPart, "The doorbell sends no picture to look at.", new Remedy(RemedyKey.Examine));

    private void Request(Action work)
    {
        if (!_worker.TryRequest(work))
            throw new DoorbellException(ErrorKind.InUse, "Too much is asked of the door at once. Try again in a moment.");
    }

    private EnrolmentRun BeginEnrolment(EnrolmentService service, string name, CoachOptions coach, bool anyway, Action<string> said)
    {
        if (_enrolment is not null) throw new DoorbellException(ErrorKind.InUse, "Somebody is being enrolled at the door already.");
        GalleryTools tools = _parts.Recognition.Tools
            ?? throw new DoorbellException(ErrorKind.MissingPart, "No network is loaded that could enrol people.",
                new Remedy(RemedyKey.MakeModel));
        (EnrolmentUnderWay underWay, EnrolmentAtDoor atDoor) = service.AtTheDoor(name, tools, _parts.Voice, _parts.Language, coach, said,
            anyway, () => _wall.Current);
        _enrolment = new EnrolmentRun(underWay, atDoor);
        atDoor.Begin(_time.GetUtcNow());
        return _enrolment;
    }

    private void HearForEnrolment(LinkEvent happened)
    {
        if (_enrolment is not { } run) return;
        if (happened is FrameReceived frame) run.AtDoor.LookAt(frame, _time.GetUtcNow());
        run.EndIfDone();
    }

    private void TickEnrolment(DateTimeOffset now)
    {
        if (_enrolment is not { } run) return;
        if (run.AtDoor.State == CoachState.Working) run.AtDoor.Tick(now);
        run.EndIfDone();
    }

    private void AnswerLook(VisitEvent happened, Announcement says)
    {
        if (happened is not VisitorIdentified) return;
        foreach (TaskCompletionSource<string> look in _looks) look.TrySetResult(says.Text);
        _looks.Clear();
    }

    private sealed record EnrolmentRun(EnrolmentUnderWay UnderWay, EnrolmentAtDoor AtDoor)
    {
        public TaskCompletionSource<CoachState> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void EndIfDone()
        {
            if (AtDoor.State != CoachState.Working) Ended.TrySetResult(AtDoor.State);
        }
    }
}
