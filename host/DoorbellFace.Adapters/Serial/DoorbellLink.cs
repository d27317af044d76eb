using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Link;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// The host's end of the line, kept alive: opens the port or waits for it, finds the speed, hears HELLO, delivers events, acknowledges
/// rings, sends commands, and begins again when the cable was pulled. Commands may be sent from any thread; the events have one reader.
/// </summary>
public sealed class DoorbellLink : IDoorLink, IAsyncDisposable
{
    private const int MostWaitingCommands = 64;

    private readonly DoorbellLinkOptions _options;
    private readonly SteadyTime _time;
    private readonly ILogger _logger;
    private readonly LinkReceiver _receiver;
    private readonly LinkEventQueue _queue;
    private readonly Channel<PendingCommand> _commands = Channel.CreateBounded<PendingCommand>(MostWaitingCommands);
    private readonly DoorbellLinkCounters _counters = new();
    private readonly PressHooks _hooks = new();
    private readonly CancellationTokenSource _stop = new();
    private Task? _supervisor;
    private volatile bool _isUp;
    private readonly Lock _lendGate = new();
    private LinkTrouble? _lastTrouble;
    private Lending? _lent;
    private CancellationTokenSource? _session;

    /// <summary>Prepares the link; it opens when <see cref="ReadEventsAsync"/> is first asked for an event.</summary>
    public DoorbellLink(DoorbellLinkOptions options, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger) = (options, SteadyTime.Of(time), logger);
        _receiver = new LinkReceiver(options.Frames);
        _queue = new LinkEventQueue(options.MostWaitingFrames, options.MostWaitingOthers);
    }

    /// <inheritdoc/>
    public bool IsUp => _isUp;

    /// <inheritdoc/>
    public bool IsLent
    {
        get
        {
            lock (_lendGate) return _lent is not null;
        }
    }

    /// <inheritdoc/>
    public Action<BellReceived>? PressHeard
    {
        get => _hooks.Heard;
        set => _hooks.Heard = value;
    }

    /// <inheritdoc/>
    public Func<BellReceived, Task>? KeepRing
    {
        get => _hooks.Keep;
        set => _hooks.Keep = value;
    }

    /// <inheritdoc/>
    public long FramesSkipped => _queue.FramesSkipped;

    /// <inheritdoc/>
    public LinkStatistics Statistics => _receiver.Statistics.Snapshot();

    /// <summary>What the supervisor has done: a copy.</summary>
    public DoorbellLinkCounters Counters => _counters with { FramesSkipped = _queue.FramesSkipped, EventsDropped = _queue.EventsDropped };

    /// <summary>
    /// The events, in order: <see cref="LinkUp"/>, what the device says, <see cref="LinkDown"/>, and again. A repeated BELL is left out.
    /// Ends when cancelled. To be read once.
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
        // A bug in the supervisor must not look like an end in good order.
        await _supervisor.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task LendAsync(Action<string?> lent, CancellationToken giveBack)
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // However the lending ends, the port comes back.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(giveBack);
        CancellationTokenSource? session;
        lock (_lendGate)
        {
            if (_lent is not null) throw new DoorbellException(ErrorKind.InUse, "The doorbell is being examined already.");
            _lent = new Lending(free, over.Token);
            session = _session;
        }
        try
        {
            if (session is not null) await session.CancelAsync().ConfigureAwait(false);
            await free.Task.WaitAsync(giveBack).ConfigureAwait(false);
            lent(FindPort());
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, giveBack).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }
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

    /// <summary>Null when there is none: whoever borrows it finds out why.</summary>
    private string? FindPort()
    {
        try
        {
            return _options.PortPath?.Invoke();
        }
        catch (LinkUnavailableException)
        {
            return null;
        }
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
                await WaitWhileLentAsync(cancellationToken).ConfigureAwait(false);
                LinkSession? session = await OpenAsync(rate, cancellationToken).ConfigureAwait(false);
                if (session is not null)
                {
                    LinkTrouble? trouble = await RunAsync(session, cancellationToken).ConfigureAwait(false);
                    if (trouble is null) continue;
                    if (session.WasUp)
                    {
                        backOff = _options.FirstBackOff;
                        rate = session.BaudRateBitsPerSecond;
                    }
                    Down(trouble, session.WasUp);
                }
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
            return new LinkSession(link, rate, _options, _receiver, _time, _queue, _commands.Reader, _counters, _hooks, Up);
        }
        catch (LinkUnavailableException error)
        {
            Down(new LinkTrouble(error.Fault, error.Message), wasUp: false);
            return null;
        }
    }

    /// <summary>Somebody examines the doorbell: nothing is opened until the port is given back.</summary>
    private async Task WaitWhileLentAsync(CancellationToken cancellationToken)
    {
        Lending? lent;
        lock (_lendGate) lent = _lent;
        if (lent is null) return;
        lent.Free.TrySetResult();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lent.GiveBack, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lendGate) _lent = null;
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <returns>Why the connection ended; null when it was ended to lend the port.</returns>
    private async Task<LinkTrouble?> RunAsync(LinkSession session, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lendGate) _session = _lent is null ? either : null;
        await using (session.ConfigureAwait(false))
        {
            try
            {
                if (_session is null) return null;
                return await session.RunAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
            finally
            {
                lock (_lendGate) _session = null;
                _isUp = false;
                while (_commands.Reader.TryRead(out PendingCommand? pending)) pending.Answer.TrySetResult(false);
            }
        }
    }

    private void Up(LinkUp up)
    {
        _lastTrouble = null;
        _counters.Connections++;
        _isUp = true;
        _logger.LogInformation("The doorbell is there: {Name}.", up.Name);
        _queue.Add(up);
    }

    /// <summary>The same reason again and again, while the cable is out, is told once.</summary>
    private void Down(LinkTrouble trouble, bool wasUp)
    {
        if (wasUp) _counters.Disconnections++;
        if (!wasUp && trouble == _lastTrouble) return;
        _lastTrouble = trouble;
        _logger.LogWarning("No doorbell: {Reason}", trouble.Sentence);
        _queue.Add(new LinkDown(_time.GetUtcNow(), trouble.Fault, trouble.Sentence));
    }

    /// <summary>The port is wanted by somebody else for a while.</summary>
    private sealed record Lending(TaskCompletionSource Free, CancellationToken GiveBack);
}
