using System.Globalization;
using System.Threading.Channels;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// One connection, from the opened port to its end. One loop owns everything here and waits for three things: bytes, a command, the clock.
/// </summary>
internal sealed class LinkSession : IAsyncDisposable
{
    private const int ReadBufferBytes = 16 * 1024, MostHeldEvents = 256;

    /// <summary>How often the clock is looked at when nothing comes: well below every time that is waited for.</summary>
    private static readonly TimeSpan TickTime = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The same for a doorbell at rest, which says something every five seconds: what it says wakes the loop at once, and only its silence
    /// is waited for.
    /// </summary>
    private static readonly TimeSpan RestTickTime = TimeSpan.FromMilliseconds(250);

    /// <summary>So long after the last byte, and not within a frame, it is at rest.</summary>
    private static readonly TimeSpan RestAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// A loop that wakes so much later than it wanted was kept from running by a busy computer. What it finds then has come at some time
    /// since it last looked: a frame must not be taken for broken off because nobody looked.
    /// </summary>
    private static readonly TimeSpan LateBy = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(2);

    private readonly IByteLink _link;
    private readonly DoorbellLinkOptions _options;
    private readonly LinkReceiver _receiver;
    private readonly SteadyTime _time;
    private readonly LinkEventQueue _queue;
    private readonly ChannelReader<PendingCommand> _commands;
    private readonly CommandDesk _desk;
    private readonly PressHooks _hooks;
    private readonly Action<LinkUp> _up;
    private readonly HelloSearch _search;
    private readonly RateNegotiation _rates;
    private readonly CancellationTokenSource _end = new();
    private readonly List<LinkEvent> _events = [], _held = [];
    private readonly List<(BellPacket Bell, Task Keep, DateTimeOffset Limit)> _keeping = [];
    private readonly byte[] _buffer = new byte[ReadBufferBytes];

    private Task<int>? _reading;
    private Task<bool>? _commandComes;
    private HelloPacket? _hello;
    private DateTimeOffset _lastBytesAt, _lastPacketAt, _lookedAt;
    private TimeSpan _tickTime = TickTime;
    private long _packetsBefore, _bytesBefore;

    public LinkSession(
        IByteLink link, int rate, DoorbellLinkOptions options, LinkReceiver receiver, SteadyTime time,
        LinkEventQueue queue, ChannelReader<PendingCommand> commands, DoorbellLinkCounters counters, PressHooks hooks, Action<LinkUp> up)
    {
        (_link, _options, _receiver, _time, _queue, _commands, _hooks, _up) = (link, options, receiver, time, queue, commands, hooks, up);
        _desk = new CommandDesk(options, commands, counters);
        _lastBytesAt = _lastPacketAt = _lookedAt = time.GetUtcNow();
        _packetsBefore = receiver.Statistics.PacketsAccepted;
        _rates = new RateNegotiation(options);
        _search = new HelloSearch(options, rate, link is IBaudRateLink, time.GetUtcNow(), receiver.Statistics);
    }

    /// <summary>The device was understood.</summary>
    public bool WasUp { get; private set; }

    /// <summary>The speed that was tried last.</summary>
    public int BaudRateBitsPerSecond => _search.Rate;

    /// <summary>Runs the connection.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<LinkTrouble> RunAsync(CancellationToken cancellationToken)
    {
        LinkTrouble? trouble = null;
        while (trouble is null)
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            trouble = await TakeBytesAsync().ConfigureAwait(false) ?? Deliver();
            trouble ??= await ActAsync(cancellationToken).ConfigureAwait(false);
        }
        _receiver.Disconnect(_events);
        Deliver();
        return trouble;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _desk.GiveUp();
        await _end.CancelAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
        // Closing ends a read that is under way, with whatever exception the driver has for it.
        if (_reading is not null) await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_commandComes is not null) await ((Task)_commandComes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        _reading ??= _link.ReadAsync(_buffer, _end.Token).AsTask();
        _tickTime = TickTime;
        if (_reading.IsCompleted) return;
        if (_commandComes is null or { IsCompleted: true }) _commandComes = _commands.WaitToReadAsync(_end.Token).AsTask();
        // A command that has to wait for a gap would otherwise end the wait at once, over and over.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (WasUp && !_rates.IsBusy && _keeping.Count == 0 && !_commandComes.IsCompleted && !_receiver.FrameIsUnderWay
            && _lookedAt - _lastBytesAt >= RestAfter) _tickTime = RestTickTime;
        Task tick = Task.Delay(_tickTime, _time, waiting.Token);
        await (_commandComes.IsCompleted ? Task.WhenAny(_reading, tick) : Task.WhenAny(_reading, tick, _commandComes))
            .ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
    }

    /// <returns>Why the connection has ended, or null.</returns>
    private async Task<LinkTrouble?> TakeBytesAsync()
    {
        DateTimeOffset now = _time.GetUtcNow(), lookedBefore = _lookedAt;
        bool isLate = now - lookedBefore > LateBy + _tickTime - TickTime;
        _lookedAt = now;
        if (_reading!.IsCompleted)
        {
            int length = await _reading.ConfigureAwait(false);
            _reading = null;
            if (length == 0) return new LinkTrouble(LinkFault.Unplugged, $"{_link.Name} is gone: was the cable pulled?");
            _lastBytesAt = now;
            _receiver.Receive(_buffer.AsSpan(0, length), isLate ? lookedBefore : now, _events);
        }
        else if (!isLate) _receiver.Tick(now, _events);
        if (_receiver.Statistics.PacketsAccepted != _packetsBefore)
        {
            _packetsBefore = _receiver.Statistics.PacketsAccepted;
            _bytesBefore = _receiver.Statistics.BytesReceived;
            _lastPacketAt = now;
        }
        return null;
    }

    /// <returns>Why the connection cannot go on, or null.</returns>
    private LinkTrouble? Deliver()
    {
        foreach (LinkEvent linkEvent in _events)
        {
            if (linkEvent is HelloReceived { Hello: var hello, At: var at })
            {
                if (hello.ProtocolMajor != HelloPacket.CurrentMajor)
                {
                    // What came with it is not to be trusted.
                    _events.Clear();
                    return WrongVersion(hello);
                }
                bool hasStarted = _hello?.Boot != hello.Boot;
                if (_hello is not null && hasStarted) _desk.Restarted();
                _hello = hello;
                if (hasStarted) _rates.Begin(hello, _link is IBaudRateLink, _time.GetUtcNow());
                else _rates.TakeHello();
                if (hasStarted && _options.AsksForFasterMode && hello.FasterMode is { } mode) _desk.Wish(HostCommand.SetMode(mode));
                if (!WasUp) GoUp(at, hello);
            }
            if (linkEvent is LineTestReceived test)
            {
                _rates.TakeTest(test.At);
                continue;
            }
            if (linkEvent is CommandAcknowledged acknowledged)
            {
                _desk.Take(acknowledged.Ack);
                _rates.Take(acknowledged.Ack);
            }
            if (linkEvent is BellReceived { IsNew: false } repeated)
            {
                // One whose keeping is under way is acknowledged when that is done.
                if (!_keeping.Any(kept => kept.Bell.Press == repeated.Bell.Press)) _desk.Acknowledge(repeated.Bell);
                continue;
            }
            if (WasUp) Hand(linkEvent);
            else Hold(linkEvent);
        }
        _events.Clear();
        return null;
    }

    private void GoUp(DateTimeOffset at, HelloPacket? hello)
    {
        WasUp = true;
        _up(new LinkUp(at, _link.Name, hello));
        foreach (LinkEvent held in _held) Hand(held);
        _held.Clear();
    }

    /// <summary>
    /// A press sounds the bell before it goes into any queue, and is acknowledged when it is where a crash cannot lose it.
    /// </summary>
    private void Hand(LinkEvent linkEvent)
    {
        if (linkEvent is BellReceived bell)
        {
            _hooks.Heard?.Invoke(bell);
            if (_hooks.Keep is null) _desk.Acknowledge(bell.Bell);
            else _keeping.Add((bell.Bell, _hooks.Keep(bell), _time.GetUtcNow() + _options.RingKeepLimit));
        }
        _queue.Add(linkEvent);
    }

    private void AcknowledgeKept(DateTimeOffset now)
    {
        for (int i = _keeping.Count - 1; i >= 0; i--)
        {
            if (!_keeping[i].Keep.IsCompleted && now < _keeping[i].Limit) continue;
            _desk.Acknowledge(_keeping[i].Bell);
            _keeping.RemoveAt(i);
        }
    }

    /// <summary>What comes before HELLO is kept until it is clear that the device speaks this protocol; a ring must not be lost.</summary>
    private void Hold(LinkEvent linkEvent)
    {
        _held.Add(linkEvent);
        if (_held.Count <= MostHeldEvents) return;
        int oldest = _held.FindIndex(held => held is not BellReceived);
        if (oldest >= 0) _held.RemoveAt(oldest);
    }

    /// <summary>Searches, sends, and sees whether the device still lives.</summary>
    /// <returns>Why the connection has ended, or null.</returns>
    private async Task<LinkTrouble?> ActAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        bool lineIsFree = !_receiver.FrameIsUnderWay || now - _lastBytesAt >= _options.QuietTime;
        if (WasUp)
        {
            AcknowledgeKept(now);
            if (now - _lastPacketAt >= _options.NonsenseLimit)
                return new LinkTrouble(LinkFault.WentWrong,
                    $"{_link.Name} sends bytes, but nothing that can be understood any more: a bad cable, or another device?");
            if (now - _lastBytesAt >= _options.SilenceLimit)
            {
                return new LinkTrouble(LinkFault.WentSilent, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_link.Name} has said nothing for {_options.SilenceLimit.TotalSeconds:0} seconds: has the board lost its power, or "
                    + $"its program stopped?"));
            }
            if (await SettleRateAsync(now, lineIsFree, cancellationToken).ConfigureAwait(false) is { } trouble) return trouble;
            if (_rates.IsBusy) return null;
            return _desk.Next(now, lineIsFree) is { } command ? await SendAsync(command, cancellationToken).ConfigureAwait(false) : null;
        }
        switch (_search.Next(now, _receiver.Statistics, lineIsFree))
        {
            case HelloSearch.Step.Ask:
                return await SendAsync(HostCommand.Hello.WireByte, cancellationToken).ConfigureAwait(false);
            case HelloSearch.Step.ChangeRate:
                // A speed that the port does not know is passed over: nothing will answer, and the next one is tried.
                ((IBaudRateLink)_link).TrySetBaudRate(_search.Rate);
                _receiver.Disconnect(_events);
                return null;
            case HelloSearch.Step.GiveUp:
                return _search.Complaint(_link.Name, _receiver.Statistics);
            default:
                return null;
        }
    }

    /// <summary>Agrees with the device on a serial rate, and watches the one that is agreed on.</summary>
    /// <returns>Why the connection has ended, or null.</returns>
    private async Task<LinkTrouble?> SettleRateAsync(DateTimeOffset now, bool lineIsFree, CancellationToken cancellationToken)
    {
        LinkStatistics statistics = _receiver.Statistics;
        RateNegotiation.Step step = _rates.IsBusy
            ? _rates.Next(now, lineIsFree)
            : _rates.Watch(now, statistics, statistics.BytesReceived - _bytesBefore, _lastPacketAt);
        switch (step)
        {
            case RateNegotiation.Step.Send:
                return await SendAsync(_rates.Command.WireByte, cancellationToken).ConfigureAwait(false);
            case RateNegotiation.Step.ChangeRate:
                // What is half received was sent at the rate before.
                _receiver.Disconnect(_events);
                if (!((IBaudRateLink)_link).TrySetBaudRate(_rates.Rate)) _rates.PortRefused();
                return null;
            case RateNegotiation.Step.Settled:
                HelloPacket hello = _hello!.Value with { BaudRateBitsPerSecond = _rates.Rate };
                _queue.Add(new RateSettled(now, _link.Name, hello, [.. _rates.Attempts]));
                return null;
            case RateNegotiation.Step.Lost:
                return new LinkTrouble(LinkFault.WentWrong, $"{_link.Name} is not understood any more since the speed was changed.");
            default:
                return null;
        }
    }

    private async Task<LinkTrouble?> SendAsync(byte command, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(WriteLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _link.WriteAsync(new[] { command }, either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new LinkTrouble(LinkFault.Stuck,
                $"{_link.Name} takes no more bytes: is the doorbell's port stuck? Pull the cable and plug it in again.");
        }
    }

    private static LinkTrouble WrongVersion(HelloPacket hello) =>
        new(LinkFault.WrongVersion, $"The doorbell speaks protocol {hello.ProtocolMajor}.{hello.ProtocolMinor}, and this program speaks "
        + $"{HelloPacket.CurrentMajor}.{HelloPacket.CurrentMinor}: they cannot understand each other. "
        + (hello.ProtocolMajor > HelloPacket.CurrentMajor ? "Update this program." : "Put the newer program on the board."));
}
