using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.People;

namespace DoorbellFace.Application.People;

/// <summary>Drives an enrolment at the door for a command that has the doorbell's port to itself.</summary>
/// <param name="link">The line to the doorbell.</param>
/// <param name="enrolment">What is driven.</param>
/// <param name="time">The clock that stamps the link's events.</param>
public sealed class CameraEnrolment(IDoorLink link, EnrolmentAtDoor enrolment, TimeProvider time)
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the doorbell may take to show up; opening its port resets it, and its speed may have to be found.</summary>
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(25);

    private string _lastReason = "It did not answer.";
    private bool _hasBegun;

    /// <summary>Called for each press.</summary>
    public Action? PressHeard { get; init; }

    /// <summary>Runs until the coach is content or has given up.</summary>
    /// <exception cref="DoorbellException">The doorbell does not show up.</exception>
    public async Task<CoachState> RunAsync(CancellationToken stop)
    {
        long began = time.GetTimestamp();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        IAsyncEnumerator<LinkEvent> events = link.ReadEventsAsync(done.Token).GetAsyncEnumerator(done.Token);
        Task<bool> next = events.MoveNextAsync().AsTask();
        try
        {
            while (enrolment.State == CoachState.Working)
            {
                if (await Task.WhenAny(next, Task.Delay(TickEvery, time, stop)).ConfigureAwait(false) == next)
                {
                    if (!await next.ConfigureAwait(false)) break;
                    Handle(events.Current, done.Token);
                    next = events.MoveNextAsync().AsTask();
                }
                stop.ThrowIfCancellationRequested();
                if (_hasBegun) enrolment.Tick(time.GetUtcNow());
                else if (time.GetElapsedTime(began) > LinkPatience)
                    throw new DoorbellException(ErrorKind.MissingPart, $"There is no doorbell to take pictures with: {_lastReason}",
                        new Remedy(RemedyKey.Examine));
            }
            if (link.IsUp) await link.SendAsync(HostCommand.StreamOff, stop).ConfigureAwait(false);
            return enrolment.State;
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Handle(LinkEvent happened, CancellationToken stop)
    {
        switch (happened)
        {
            case LinkUp:
                if (!_hasBegun) enrolment.Begin(time.GetUtcNow());
                _hasBegun = true;
                _ = link.SendAsync(HostCommand.StreamOn, stop);
                break;
            case LinkDown down:
                _lastReason = down.Reason;
                break;
            case BellReceived { IsNew: true }:
                PressHeard?.Invoke();
                break;
            case FrameReceived frame:
                enrolment.LookAt(frame, time.GetUtcNow());
                break;
            default:
                break;
        }
    }
}
