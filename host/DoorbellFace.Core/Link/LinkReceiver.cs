namespace DoorbellFace.Core.Link;

/// <summary>
/// The host's end of the link: bytes in, events out. Joins <see cref="PacketDecoder"/> and <see cref="FrameAssembler"/>, and tells new
/// presses from repeated ones. It reads no clock: times come with the bytes, so a recording gives the same events every time. Not
/// thread-safe: one worker owns it.
/// </summary>
public sealed class LinkReceiver
{
    private readonly PacketDecoder _decoder;
    private readonly FrameAssembler _assembler;
    private readonly LinkStatistics _statistics = new();
    private readonly PressFlood _flood;
    private BellPacket? _lastPress;
    private int? _boot;

    /// <summary>Starts with nothing received.</summary>
    /// <param name="options">When a frame is given up.</param>
    /// <param name="mostPressesInASecond">More are a flood, and do not ring. Where bytes come without their times, no number is too
    /// many.</param>
    public LinkReceiver(FrameAssemblerOptions? options = null, int mostPressesInASecond = PressFlood.MostInASecond)
    {
        _flood = new PressFlood(mostPressesInASecond);
        _decoder = new PacketDecoder(_statistics);
        _assembler = new FrameAssembler(options ?? new FrameAssemblerOptions(), _statistics);
    }

    /// <summary>Counters, written while receiving.</summary>
    public LinkStatistics Statistics => _statistics;

    /// <summary>Bytes of a packet that has not ended yet.</summary>
    public int PendingBytes => _decoder.PendingBytes;

    /// <summary>A frame has begun and not ended: the host had better not send (docs/protocol.md, "Commands").</summary>
    public bool FrameIsUnderWay => _assembler.FrameIsUnderWay;

    /// <summary>Takes bytes from the device.</summary>
    /// <param name="bytes">What arrived.</param>
    /// <param name="arrivedAt">When.</param>
    /// <param name="events">What it came to is added here, in order.</param>
    public void Receive(ReadOnlySpan<byte> bytes, DateTimeOffset arrivedAt, ICollection<LinkEvent> events)
    {
        Tick(arrivedAt, events);
        while (_decoder.TryRead(ref bytes, out PacketType type, out ReadOnlySpan<byte> body))
        {
            if (!Handle(type, body, arrivedAt, events)) _statistics.MalformedPackets++;
        }
    }

    /// <summary>Lets time pass without bytes: a frame that stopped coming ends.</summary>
    public void Tick(DateTimeOffset now, ICollection<LinkEvent> events) => Add(_assembler.Tick(now), events);

    /// <summary>The cable was pulled or the recording has ended: whatever is half received ends here.</summary>
    public void Disconnect(ICollection<LinkEvent> events)
    {
        _decoder.Reset();
        Add(_assembler.Abandon(), events);
    }

    private bool Handle(PacketType type, ReadOnlySpan<byte> body, DateTimeOffset at, ICollection<LinkEvent> events)
    {
        switch (type)
        {
            case PacketType.Row:
                if (!RowPacket.TryDecode(body, out RowPacket row)) return false;
                Add(_assembler.Add(row, at), events);
                return true;
            case PacketType.FrameStart:
                if (!PacketCodec.TryDecode(body, out FrameStartPacket start)) return false;
                Add(_assembler.Start(start, at), events);
                return true;
            case PacketType.FrameEnd:
                if (!PacketCodec.TryDecode(body, out FrameEndPacket end)) return false;
                Add(_assembler.End(end, at), events);
                return true;
            case PacketType.Bell:
                if (!PacketCodec.TryDecode(body, out BellPacket bell) || bell.Press == 0) return false;
                events.Add(new BellReceived(at, bell, IsNewPress(bell) && MayRing(at)));
                return true;
            case PacketType.Hello:
                if (!PacketCodec.TryDecode(body, out HelloPacket hello)) return false;
                if (_boot is { } before && before != hello.Boot) Add(_assembler.Abandon(), events);
                _boot = hello.Boot;
                events.Add(new HelloReceived(at, hello));
                return true;
            case PacketType.Status:
                if (!PacketCodec.TryDecode(body, out StatusPacket status)) return false;
                events.Add(new StatusReceived(at, status));
                return true;
            case PacketType.Log:
                if (!PacketCodec.TryDecode(body, out LogPacket log)) return false;
                events.Add(new LogReceived(at, log));
                return true;
            case PacketType.Line:
                if (!PacketCodec.TryDecode(body, out LinePacket line)) return false;
                events.Add(new LineTestReceived(at, line));
                return true;
            case PacketType.Ack:
                if (!PacketCodec.TryDecode(body, out AckPacket ack)) return false;
                events.Add(new CommandAcknowledged(at, ack));
                return true;
            default:
                _statistics.UnknownPackets++;
                return true;
        }
    }

    private bool IsNewPress(BellPacket bell)
    {
        if (bell == _lastPress)
        {
            _statistics.BellRepeats++;
            return false;
        }
        if (_lastPress is { } last && last.Boot == bell.Boot)
            _statistics.PressesMissed += SequenceNumbers.Skipped(last.Press, bell.Press, SequenceNumbers.Presses);
        _lastPress = bell;
        _statistics.Presses++;
        return true;
    }

    /// <summary>One that may not is acknowledged like a repeated one, so that the device goes on.</summary>
    private bool MayRing(DateTimeOffset at)
    {
        if (_flood.Allows(at)) return true;
        _statistics.PressesTooFast++;
        return false;
    }

    private static void Add(LinkEvent? linkEvent, ICollection<LinkEvent> events)
    {
        if (linkEvent is not null) events.Add(linkEvent);
    }
}
