using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Imaging;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Home.Notifications;

/// <summary>
/// Tells one receiver who is at the door. The door only ever puts something into a queue here; one task of its own sends it, and a
/// receiver that hangs, refuses or
/// vanishes keeps nobody but that task waiting (docs/notifications.md).
/// </summary>
public sealed class Notifier : IDoorSubscriber, IDoorAsker, IDisposable
{
    private readonly IChannel _channel;
    private readonly Courier _courier;
    private readonly NotificationQueue _queue;
    private readonly NotificationMaker _maker;
    private readonly ILogger _log;
    private DeliveryFault _lastFault;
    private long _sent, _givenUp;

    internal Notifier(
        IChannel channel, NotifyOptions options, Func<PixelBuffer, byte[]> encodeJpeg, TimeProvider time, ILogger log,
        CourierTimes? times = null)
    {
        (_channel, _log) = (channel, log);
        _courier = new Courier(channel, options.Attempts, times ?? new CourierTimes(), time);
        _queue = new NotificationQueue(time);
        _maker = new NotificationMaker(options, encodeJpeg);
    }

    /// <inheritdoc cref="IDoorSubscriber.Name"/>
    public string Name => _channel.Name;

    /// <summary>Notifications that the receiver has taken. What there is to log of one is logged before it is counted.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Notifications that it did not take, after all attempts.</summary>
    public long GivenUp => Interlocked.Read(ref _givenUp);

    /// <summary>Notifications that were never tried: too many waited, or they were too old when their turn came.</summary>
    public long Dropped => _queue.Overflowed + _queue.TooOld;

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        // What waits of somebody who was removed is not sent any more.
        if (happened is VisitForgotten forgotten) _queue.Forget(forgotten.Visit.Id);
        if (happened is PeopleChanged { Trouble: null } people) _queue.ForgetAllBut(people.Names);
        if (_maker.Make(happened) is { } notification) _queue.Add(notification);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task RunAsync(IDoorRequests door, CancellationToken stop)
    {
        while (true)
        {
            Notification next = await _queue.FirstAsync(stop).ConfigureAwait(false);
            try
            {
                DeliveryReport report = await _courier.DeliverAsync(next, () => _queue.Has(next), stop).ConfigureAwait(false);
                if (report.Attempts > 0) Tell(report);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // Whatever one notification leads to, the next one is sent.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _log.LogError(error, "{Receiver} was not told of a visitor.", Name);
                Interlocked.Increment(ref _givenUp);
            }
            _queue.Remove(next);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    /// <summary>The same fault is told once; a receiver that is off for a week leaves one line. Names of people are not told.</summary>
    private void Tell(DeliveryReport report)
    {
        DeliveryResult last = report.Last;
        if (last.IsDelivered)
        {
            if (_lastFault != DeliveryFault.None) _log.LogInformation("{Receiver} can be told again.", Name);
            Interlocked.Increment(ref _sent);
        }
        else
        {
            LogLevel level = last.Fault == _lastFault ? LogLevel.Debug : LogLevel.Warning;
            _log.Log(
                level, "{Receiver} was not told of a visitor, after attempts: {Attempts}. {Fault}: {Reason}",
                Name, report.Attempts, last.Fault, last.Reason);
            Interlocked.Increment(ref _givenUp);
        }
        _lastFault = last.Fault;
    }
}
