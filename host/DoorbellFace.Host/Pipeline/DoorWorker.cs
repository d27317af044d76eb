using System.Threading.Channels;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// The daemon's heart: one task reads the link's events and sounds the chime the moment a press is heard; another owns the pipeline and looks
/// at frames. Between them lies a bounded queue; of frames that wait only the newest is looked at, and presses are never dropped.
/// </summary>
internal sealed class DoorWorker
{
    /// <summary>A full queue holds the link's reader back, which has an overflow rule of its own.</summary>
    private const int QueueLength = 64;

    /// <summary>How often time is let pass when nothing comes: an answer may be overdue by this much.</summary>
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    private readonly DoorPipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly Channel<LinkEvent> _queue = Channel.CreateBounded<LinkEvent>(new BoundedChannelOptions(QueueLength) { SingleReader = true, SingleWriter = true });
    private FrameReceived? _newestFrame;
    private Task<bool>? _more;

    /// <summary>Works on the given pipeline, which it owns from now on.</summary>
    public DoorWorker(DoorPipeline pipeline, TimeProvider time)
    {
        _pipeline = pipeline;
        _time = time;
    }

    /// <summary>Called at once for every new press, by the task that reads the link.</summary>
    public required Action<BellReceived> PressHeard { get; init; }

    /// <summary>Called for every event of the link, by the task that reads it.</summary>
    public Action<LinkEvent>? LinkEventHeard { get; init; }

    /// <summary>Sends a command to the device; its failure is the link's business.</summary>
    public required Func<HostCommand, CancellationToken, Task> Send { get; init; }

    /// <summary>Works until the events end or <paramref name="stop"/> is set; then a visit that goes on is answered and ended.</summary>
    public async Task RunAsync(IAsyncEnumerable<LinkEvent> events, CancellationToken stop)
    {
        Task reading = ReadAsync(events, stop);
        try
        {
            await LookAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            _pipeline.Finish(_time.GetUtcNow());
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await reading.ConfigureAwait(false);
    }

    private async Task ReadAsync(IAsyncEnumerable<LinkEvent> events, CancellationToken stop)
    {
        try
        {
            await foreach (LinkEvent happened in events.WithCancellation(stop).ConfigureAwait(false))
            {
                if (happened is BellReceived { IsNew: true } bell) PressHeard(bell);
                LinkEventHeard?.Invoke(happened);
                if (happened is FrameReceived frame) Volatile.Write(ref _newestFrame, frame);
                await _queue.Writer.WriteAsync(happened, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            _queue.Writer.TryComplete();
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        bool neededFrames = false;
        while (await WaitAsync(stop).ConfigureAwait(false))
        {
            while (_queue.Reader.TryRead(out LinkEvent? happened)) Handle(happened);
            _pipeline.Tick(_time.GetUtcNow());
            bool needsFrames = _pipeline.NeedsFrames;
            if (neededFrames && !needsFrames) _ = Send(HostCommand.StreamOff, stop);
            neededFrames = needsFrames;
        }
    }

    /// <summary>Waits for an event or for the next tick; false when no more events will come.</summary>
    private async Task<bool> WaitAsync(CancellationToken stop)
    {
        // One wait is kept over many ticks: each new one would stay in the channel until an event comes.
        _more ??= _queue.Reader.WaitToReadAsync(stop).AsTask();
        if (await Task.WhenAny(_more, Task.Delay(TickEvery, _time, stop)).ConfigureAwait(false) != _more)
        {
            stop.ThrowIfCancellationRequested();
            return true;
        }
        bool isMore = await _more.ConfigureAwait(false);
        _more = null;
        return isMore;
    }

    private void Handle(LinkEvent happened)
    {
        if (happened is FrameReceived frame && !ReferenceEquals(frame, Volatile.Read(ref _newestFrame)))
        {
            _pipeline.Counters.FramesSkipped++;
            return;
        }
        _pipeline.Handle(happened);
    }
}
