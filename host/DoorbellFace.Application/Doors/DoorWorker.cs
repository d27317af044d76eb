using System.Threading.Channels;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// The one task that owns a door's pipeline: it takes the link's events, looks at frames, lets time pass when nothing comes, and does what
/// others ask to be done between two events. The link's own queue keeps only the newest frame, so a slow look never leads to old pictures.
/// </summary>
/// <param name="pipeline">Owned by this worker from now on.</param>
/// <param name="time">A steady clock, the one that stamps the events.</param>
public sealed class DoorWorker(DoorPipeline pipeline, TimeProvider time)
{
    /// <summary>Requests that may wait; more are refused.</summary>
    private const int MostRequests = 32;

    /// <summary>How often time is let pass when nothing comes: an answer may be overdue by this much.</summary>
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a visit without an answer waits for a frame before the doorbell is asked for some. A frame takes less than that on the
    /// slowest line. The press asks for them itself, but a "stop" that was meant for the visitor before may come after it.
    /// </summary>
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(2);

    private readonly Channel<Action> _requests = Channel.CreateBounded<Action>(MostRequests);

    /// <summary>Called for every event of the link, before the pipeline gets it.</summary>
    public Action<LinkEvent>? Heard { get; init; }

    /// <summary>Called at each tick, before time is let pass.</summary>
    public Action<DateTimeOffset>? Ticked { get; init; }

    /// <summary>Sends a command to the device; its failure is the link's business.</summary>
    public required Func<HostCommand, CancellationToken, Task> Send { get; init; }

    /// <summary>Has something done between two events.</summary>
    /// <returns>False when too many requests wait already.</returns>
    public bool TryRequest(Action work) => _requests.Writer.TryWrite(work);

    /// <summary>Works until the events end or <paramref name="stop"/> is set; then a visit that goes on is answered and ended.</summary>
    public async Task RunAsync(IAsyncEnumerable<LinkEvent> events, CancellationToken stop)
    {
        IAsyncEnumerator<LinkEvent> reader = events.GetAsyncEnumerator(stop);
        Task<bool> next = reader.MoveNextAsync().AsTask();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<bool> request = _requests.Reader.WaitToReadAsync(over.Token).AsTask();
        bool neededFrames = false;
        DateTimeOffset waitsSince = time.GetUtcNow();
        try
        {
            while (true)
            {
                await Task.WhenAny(next, request, Task.Delay(TickEvery, time, stop)).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                bool hasFrame = false;
                if (next.IsCompleted)
                {
                    if (!await next.ConfigureAwait(false)) return;
                    Heard?.Invoke(reader.Current);
                    pipeline.Handle(reader.Current);
                    hasFrame = reader.Current is FrameReceived or FrameRefused;
                    next = reader.MoveNextAsync().AsTask();
                }
                if (request.IsCompleted)
                {
                    while (_requests.Reader.TryRead(out Action? work)) work();
                    request = _requests.Reader.WaitToReadAsync(over.Token).AsTask();
                }
                DateTimeOffset now = time.GetUtcNow();
                Ticked?.Invoke(now);
                pipeline.Tick(now);
                bool needsFrames = pipeline.NeedsFrames;
                if (neededFrames && !needsFrames) _ = Send(HostCommand.StreamOff, stop);
                neededFrames = needsFrames;
                if (hasFrame || !pipeline.AwaitsFrames) waitsSince = now;
                else if (now - waitsSince >= AskAfter)
                {
                    _ = Send(HostCommand.StreamOn, stop);
                    waitsSince = now;
                }
            }
        }
        finally
        {
            pipeline.Finish(time.GetUtcNow());
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)request).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await reader.DisposeAsync().ConfigureAwait(false);
        }
    }
}
