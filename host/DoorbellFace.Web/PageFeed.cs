using System.Threading.Channels;
using DoorbellFace.Application.Doors;

namespace DoorbellFace.Web;

/// <summary>
/// Tells every open page what happens at the door. A page that does not keep up loses the oldest news; the door never waits. Thread-safe.
/// </summary>
public sealed class PageFeed : IDoorSubscriber
{
    /// <summary>Pages that may listen at once; a household has fewer.</summary>
    public const int MostListeners = 40;

    private const int MostWaiting = 32;

    private readonly Lock _gate = new();
    private readonly List<Channel<DoorEvent>> _listeners = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public string Name => "the page";

    /// <summary>Done when the door has told for the first time how it stands.</summary>
    public Task Begun => _begun.Task;

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        if (happened is DoorbellFound or DoorbellLost) _begun.TrySetResult();
        if (happened is FrameLookedAt) return ValueTask.CompletedTask;
        lock (_gate) foreach (Channel<DoorEvent> listener in _listeners) listener.Writer.TryWrite(happened);
        return ValueTask.CompletedTask;
    }

    /// <summary>What happens from now on, until it is cancelled.</summary>
    /// <returns>Null when too many listen already.</returns>
    public IAsyncEnumerable<DoorEvent>? Listen(CancellationToken stop)
    {
        var events = Channel.CreateBounded<DoorEvent>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            if (_listeners.Count >= MostListeners) return null;
            _listeners.Add(events);
        }
        return ReadAsync(events, stop);
    }

    private async IAsyncEnumerable<DoorEvent> ReadAsync(
        Channel<DoorEvent> events, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        try
        {
            await foreach (DoorEvent happened in events.Reader.ReadAllAsync(stop).ConfigureAwait(false)) yield return happened;
        }
        finally
        {
            lock (_gate) _listeners.Remove(events);
        }
    }
}
