using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Doors;

/// <summary>The queue and the task between a door and one of its subscribers. Events are offered from any thread.</summary>
public sealed class SubscriberQueue : IDisposable
{
    private readonly IDoorSubscriber _subscriber;
    private readonly Channel<DoorEvent> _events;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private long _dropped, _failed;
    private Task? _working;
    private string? _lastFault;

    /// <summary>Makes the queue that the subscriber asks for.</summary>
    public SubscriberQueue(IDoorSubscriber subscriber, ILogger log)
    {
        (_subscriber, _log) = (subscriber, log);
        SubscriberQueueOptions options = subscriber.Queue;
        _events = Channel.CreateBounded<DoorEvent>(
            new BoundedChannelOptions(options.Length)
            {
                SingleReader = true,
                FullMode = options.Overflow == OverflowRule.DropOldest
                    ? BoundedChannelFullMode.DropOldest
                    : BoundedChannelFullMode.DropWrite,
            },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>What logs call the subscriber.</summary>
    public string Name => _subscriber.Name;

    /// <summary>Events that gave way because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Events that the subscriber failed on.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Begins to hand over what comes.</summary>
    public void Start() => _working = Task.Run(WorkAsync);

    /// <summary>Puts an event into the queue; returns at once.</summary>
    public void Offer(DoorEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>Hands over what still waits, for a while, and ends.</summary>
    /// <param name="limit">A subscriber that has not finished by then is left to itself.</param>
    /// <param name="time">The clock.</param>
    public async Task StopAsync(TimeSpan limit, TimeProvider time)
    {
        _events.Writer.TryComplete();
        if (_working is null) return;
        try
        {
            await _working.WaitAsync(limit, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _log.LogWarning("{Subscriber} has not finished within {Seconds:0} seconds and is left behind.", Name, limit.TotalSeconds);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task WorkAsync()
    {
        await foreach (DoorEvent happened in _events.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
        {
            try
            {
                await _subscriber.ReceiveAsync(happened, _stop.Token).ConfigureAwait(false);
                if (_lastFault is not null) _log.LogInformation("{Subscriber} works again.", Name);
                _lastFault = null;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever one subscriber does, the door and the others go on.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Interlocked.Increment(ref _failed);
                // A full disk fails at every event; one line says so.
                if (error.Message != _lastFault) _log.LogError("{Subscriber} failed: {Reason}", Name, error.Message);
                _lastFault = error.Message;
            }
        }
    }
}
