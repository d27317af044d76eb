using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DoorbellFace.Core.Link;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Serial;

/// <summary>
/// The host's end of the line, kept alive: opens the port or waits for it, finds the speed, hears HELLO, delivers events, acknowledges
/// rings, sends commands, and begins again when the cable was pulled. Commands may be sent from any thread; the events have one reader.
/// </summary>
public sealed class DoorbellLink : IAsyncDisposable
{
    private const int MostWaitingCommands = 64;

    private readonly DoorbellLinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LinkClock _clock;
    private readonly LinkReceiver _receiver;
    private readonly LinkEventQueue _queue;
    private readonly Channel<PendingCommand> _commands = Channel.CreateBounded<PendingCommand>(MostWaitingCommands);
    private readonly DoorbellLinkCounters _counters = new();
    private readonly CancellationTokenSource _stop = new();
    private Task? _supervisor;
    private volatile bool _isUp;
    private string? _lastReason;

    /// <summary>Prepares the link; it opens when <see cref="ReadEventsAsync"/> is first asked for an event.</summary>
    public DoorbellLink(DoorbellLinkOptions options, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _clock = new LinkClock(time);
        _receiver = new LinkReceiver(options.Frames);
        _queue = new LinkEventQueue(options.MostWaitingFrames, options.MostWaitingOthers);
    }

    /// <summary>A device is there and understood.</summary>
    public bool IsUp => _isUp;

    /// <summary>What went over the line and what was lost, over all connections: a copy.</summary>
    public LinkStatistics Statistics => _receiver.Statistics.Snapshot();

    /// <summary>What the supervisor has done: a copy.</summary>
    public DoorbellLinkCounters Counters => _counters with { FramesSkipped = _queue.FramesSkipped, EventsDropped = _queue.EventsDropped };

    /// <summary>
    /// The events, in order: <see cref="LinkUp"/>, what the device says, <see cref="LinkDown"/>, and again. A repeated BELL is left out.
    /// Ends with a recording's end, or when cancelled. To be read once.
    /// </summary>
    public async IAsyncEnumerable<LinkEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_supervisor is not null) throw new InvalidOperationException("The events of a link can be read once.");
        // On a thread of its own from the first step on: what the reader of the events does must not delay the reading of bytes.
        _supervisor = Task.Run(() => SuperviseAsync(_stop.Token), CancellationToken.None);
        try
        {
            await foreach (LinkEvent linkEvent in _queue.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return linkEvent;
        }
        finally
        {
            await StopAsync().ConfigureAwait(false);
        }
        // A bug in the supervisor must not look like the end of a recording.
        await _supervisor.ConfigureAwait(false);
    }

    /// <summary>Sends a command when the line allows it, and waits for the device's answer.</summary>
    /// <returns>True when the device has done it; false when there is no device, it does not answer, or cannot do that.</returns>
    public async Task<bool> SendAsync(HostCommand command, CancellationToken cancellationToken)
    {
        if (!_isUp) return false;
        var pending = new PendingCommand(command);
        if (!_commands.Writer.TryWrite(pending)) return false;
        // The link may have gone down in between, after its queue was emptied.
        if (!_isUp) pending.Answer.TrySetResult(false);
        return await pending.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_supervisor is null) return;
        // Whoever reads the events is told of a failure there; stopping waits for the end, however it came.
        await ((Task)_supervisor).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        TimeSpan backOff = _options.FirstBackOff;
        int rate = _options.BaudRatesBitsPerSecond[0];
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                LinkSession? session = await OpenAsync(rate, cancellationToken).ConfigureAwait(false);
                if (session is not null)
                {
                    string reason = await RunAsync(session, cancellationToken).ConfigureAwait(false);
                    if (session.WasUp)
                    {
                        backOff = _options.FirstBackOff;
                        rate = session.BaudRateBitsPerSecond;
                    }
                    Down(reason, session.WasUp);
                }
                if (_options.IsReplay) return;
                await Task.Delay(backOff, _time, cancellationToken).ConfigureAwait(false);
                backOff = backOff * 2 < _options.LongestBackOff ? backOff * 2 : _options.LongestBackOff;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was told to stop.
        }
        finally
        {
            _queue.Complete();
        }
    }

    private async Task<LinkSession?> OpenAsync(int rate, CancellationToken cancellationToken)
    {
        try
        {
            IByteLink link = await _options.OpenAsync(rate, cancellationToken).ConfigureAwait(false);
            return new LinkSession(link, rate, _options, _receiver, _clock, _time, _queue, _commands.Reader, _counters, Up);
        }
        catch (LinkUnavailableException error)
        {
            // A missing recording will not come; a missing cable may.
            if (_options.IsReplay) throw;
            Down(error.Message, wasUp: false);
            return null;
        }
    }

    private async Task<string> RunAsync(LinkSession session, CancellationToken cancellationToken)
    {
        await using (session.ConfigureAwait(false))
        {
            try
            {
                return await session.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _isUp = false;
                while (_commands.Reader.TryRead(out PendingCommand? pending)) pending.Answer.TrySetResult(false);
            }
        }
    }

    private void Up(LinkUp up)
    {
        _lastReason = null;
        _counters.Connections++;
        _isUp = true;
        _logger.LogInformation("The doorbell is there: {Name}.", up.Name);
        _queue.Add(up);
    }

    /// <summary>The same reason again and again, while the cable is out, is told once.</summary>
    private void Down(string reason, bool wasUp)
    {
        if (wasUp) _counters.Disconnections++;
        if (!wasUp && reason == _lastReason) return;
        _lastReason = reason;
        _logger.LogWarning("No doorbell: {Reason}", reason);
        _queue.Add(new LinkDown(_clock.Now, reason));
    }
}
