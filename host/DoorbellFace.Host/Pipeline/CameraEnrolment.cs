using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Serial;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Enrolment at the door: takes frames from the doorbell, says what the coach says, and offers what the coach takes.</summary>
/// <param name="link">The line to the doorbell.</param>
/// <param name="tools">Finds the faces.</param>
/// <param name="enrolment">Gets the frames.</param>
/// <param name="coach">Leads.</param>
/// <param name="speaker">Speaks.</param>
/// <param name="time">The clock.</param>
internal sealed class CameraEnrolment(DoorbellLink link, GalleryTools tools, Enrolment enrolment, EnrolmentCoach coach, ISpeaker speaker, TimeProvider time)
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the doorbell may take to show up; opening its port resets it, and its speed may have to be found.</summary>
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(25);

    /// <summary>Advice that comes later than this is about another frame.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(8);

    private string _lastReason = "it did not answer";
    private bool _hasBegun;

    /// <summary>Told each sentence as it is given to the speaker.</summary>
    public Action<string>? Said { get; init; }

    /// <summary>Runs until the coach is content or has given up.</summary>
    /// <exception cref="UserErrorException">The doorbell does not show up.</exception>
    public async Task<CoachState> RunAsync(CancellationToken stop)
    {
        long began = time.GetTimestamp();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        IAsyncEnumerator<LinkEvent> events = link.ReadEventsAsync(done.Token).GetAsyncEnumerator(done.Token);
        Task<bool> next = events.MoveNextAsync().AsTask();
        try
        {
            while (coach.State == CoachState.Working)
            {
                if (await Task.WhenAny(next, Task.Delay(TickEvery, time, stop)).ConfigureAwait(false) == next)
                {
                    if (!await next.ConfigureAwait(false)) break;
                    Handle(events.Current, done.Token);
                    next = events.MoveNextAsync().AsTask();
                }
                stop.ThrowIfCancellationRequested();
                if (_hasBegun) Say(coach.Tick(time.GetUtcNow()).Say);
                else if (time.GetElapsedTime(began) > LinkPatience)
                    throw new UserErrorException($"There is no doorbell to take pictures with: {_lastReason} Is ./doorbell run using it? Stop that first.");
            }
            if (link.IsUp) await link.SendAsync(HostCommand.StreamOff, stop).ConfigureAwait(false);
            return coach.State;
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Gives a sentence to the speaker. One key for all: what is said later takes the place of what still waits. High, so that nothing is held back as a repetition.</summary>
    public void Say(string? sentence)
    {
        if (sentence is null) return;
        Said?.Invoke(sentence);
        DateTimeOffset? stale = coach.State == CoachState.Working ? time.GetUtcNow() + FreshFor : null;
        speaker.Speak(new Announcement(sentence, AnnouncementPriority.High, "enrolment", stale));
    }

    private void Handle(LinkEvent happened, CancellationToken stop)
    {
        switch (happened)
        {
            case LinkUp:
                if (!_hasBegun) Say(coach.Begin(time.GetUtcNow()));
                _hasBegun = true;
                _ = link.SendAsync(HostCommand.StreamOn, stop);
                break;
            case LinkDown down:
                _lastReason = down.Reason;
                break;
            case BellReceived { IsNew: true }:
                speaker.Chime();
                break;
            case FrameReceived { ShowsTestBars: false } frame when frame.Frame.ConcealedRows.Count == 0:
                LookAt(frame);
                break;
        }
    }

    private void LookAt(FrameReceived frame)
    {
        PixelBuffer gray = PixelConversion.ToGray8(frame.Frame.Pixels);
        IReadOnlyList<FaceDetection> faces = tools.InFrame(gray);
        CoachAnswer answer = coach.Look(time.GetUtcNow(), SampleCheck.Of(gray, faces));
        if (answer.Take) enrolment.Offer(gray, faces, SampleSource.Camera, frame.At, $"frame {frame.Frame.Sequence}");
        Say(answer.Say);
    }
}
