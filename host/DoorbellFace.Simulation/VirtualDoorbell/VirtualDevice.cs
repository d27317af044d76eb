using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>
/// The device's end of docs/protocol.md without a wire: command bytes and presses go in, packets come out when they are due.
/// <see cref="DeviceRunner"/> joins it to a line. Safe to call from several threads; it waits for nothing.
/// </summary>
public sealed partial class VirtualDevice
{
    private const int StatusEverySeconds = 5, BellEveryMilliseconds = 100, MaxRequests = 16, FramesAtOnce = 2;

    private const int SoundPid = 0x76, SoundVer = 0x73;

    private const SensorChecks AllChecks =
        SensorChecks.Answers | SensorChecks.ProductNumber | SensorChecks.Vsync | SensorChecks.Href | SensorChecks.Pclk
        | SensorChecks.TestBars;

    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    private readonly Lock _lock = new();
    private readonly VirtualDoorbellOptions _options;
    private readonly Func<PixelBuffer> _scene;
    private readonly TimeProvider _time;
    private readonly VirtualSensor _sensor;
    private readonly long _madeAt;
    private readonly Queue<byte[]> _outbox = new();

    private TimeSpan _startedAt;
    private SensorMode _mode;
    private int _boot, _resetCause = 1, _nextSequence, _framesSent, _presses, _commandsIgnored, _requests, _runFrames, _framesInARow;
    private bool _isUp, _streams, _showsTestBars, _resetsAfterAck;
    private int? _pressToTell;
    private TimeSpan _bellAt, _statusAt;
    private TimeSpan? _frameAt;
    private FrameBeingSent? _frame;

    /// <summary>Switches it on.</summary>
    /// <param name="options">What it is.</param>
    /// <param name="scene">What the camera sees; asked once for each frame.</param>
    /// <param name="time">Its clock.</param>
    public VirtualDevice(VirtualDoorbellOptions options, Func<PixelBuffer> scene, TimeProvider time)
    {
        _options = options;
        _scene = scene;
        _time = time;
        _sensor = new VirtualSensor(options.NoiseSigma, options.BlurSigmaPixels, options.Seed);
        _madeAt = time.GetTimestamp();
        _boot = options.FirstBoot & 0x7F;
        _mode = options.Mode;
    }

    /// <summary>Something came from outside: there may be a packet to send before the time that <see cref="NextDue"/> gave.</summary>
    public event Action? Woken;

    /// <summary>A frame has begun.</summary>
    public event Action<FrameSent>? FrameBegun;

    /// <summary>A frame has been sent to its end.</summary>
    public event Action<FrameSent>? FrameEnded;

    /// <summary>The host has acknowledged a press: boot and press number.</summary>
    public event Action<int, int>? PressAcknowledged;

    /// <summary>The options that it was made with.</summary>
    public VirtualDoorbellOptions Options => _options;

    /// <summary>Number of the start, 0 to 127.</summary>
    public int Boot
    {
        get { lock (_lock) return _boot; }
    }

    /// <summary>Nothing is being sent and nothing is waiting to be sent, but for what comes by the clock.</summary>
    public bool IsIdle
    {
        get { lock (_lock) return _isUp && _frame is null && !WantsFrame && _outbox.Count == 0 && _pressToTell is null; }
    }

    /// <summary>The frames that a press has started are not all sent yet.</summary>
    public bool IsRunning
    {
        get { lock (_lock) return _runFrames > 0 || _frame is { Sent.Trigger: FrameTrigger.Bell }; }
    }

    /// <summary>Command bytes with wrong parity or unknown, since the start.</summary>
    public int CommandsIgnored
    {
        get { lock (_lock) return _commandsIgnored; }
    }

    private TimeSpan Now => _time.GetElapsedTime(_madeAt);

    private bool SendsFrames => _options.Camera?.SendsFrames != false;

    private bool WantsFrame => SendsFrames && (_requests > 0 || _runFrames > 0 || _streams);

    private TimeSpan FramePeriod => _mode.FramePeriod(_options.BaudRateBitsPerSecond);

    /// <summary>Somebody presses the button.</summary>
    /// <returns>Which start and which press this is; press 0 when the device was still starting and did not notice.</returns>
    public (int Boot, int Press) Press()
    {
        (int Boot, int Press) press;
        lock (_lock)
        {
            if (!_isUp) return (_boot, 0);
            _presses = (_presses % SequenceLimits.Presses) + 1;
            _pressToTell = _presses;
            _bellAt = TimeSpan.Zero;
            _runFrames = SendsFrames ? _options.FramesPerPress : 0;
            press = (_boot, _presses);
        }
        Woken?.Invoke();
        return press;
    }

    /// <summary>A remark of the firmware.</summary>
    public void Log(LogSeverity severity, LogCode code, string text)
    {
        lock (_lock) Send(new LogPacket(severity, code, text));
        Woken?.Invoke();
    }

    /// <summary>Starts again, as when the reset pin is pulled: opening the port does that to an Uno.</summary>
    public void Reset()
    {
        lock (_lock) Restart(resetCause: 1 << 1);
        Woken?.Invoke();
    }

    /// <summary>Bytes from the host.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        (int, int)? acknowledged = null;
        lock (_lock)
        {
            foreach (byte value in bytes)
            {
                // Until the firmware runs there is only the boot loader, which understands none of this.
                if (!_isUp) break;
                if (HostCommand.TryParse(value, out HostCommand command)) acknowledged = Obey(command) ?? acknowledged;
                else _commandsIgnored++;
            }
        }
        if (acknowledged is var (boot, press)) PressAcknowledged?.Invoke(boot, press);
        Woken?.Invoke();
    }

    /// <returns>The press that is acknowledged by this command, or null.</returns>
    private (int, int)? Obey(HostCommand command)
    {
        AckResult result = AckResult.Done;
        (int, int)? acknowledged = null;
        if (command.IsBellAck)
        {
            if (_pressToTell is { } press && command.Acknowledges(press))
            {
                _pressToTell = null;
                acknowledged = (_boot, press);
            }
        }
        else if (command.Mode is { } number)
        {
            if (number < SensorMode.All.Count && (_options.ProtocolMinor > 0 || !SensorMode.All[number].IsCompressed))
                _mode = SensorMode.All[number];
            else result = AckResult.NotSupported;
        }
        else if (command == HostCommand.Capture && _requests >= MaxRequests) result = AckResult.Busy;
        else if (command == HostCommand.Capture) _requests++;
        else if (command == HostCommand.StreamOn) _streams = true;
        else if (command == HostCommand.StreamOff) (_streams, _runFrames) = (false, 0);
        else if (command == HostCommand.TestBarsOn) _showsTestBars = true;
        else if (command == HostCommand.TestBarsOff) _showsTestBars = false;
        else if (command == HostCommand.Reset) _resetsAfterAck = true;
        Send(new AckPacket(command.Code, result));
        if (command == HostCommand.Hello) SendHello();
        if (command == HostCommand.Status) SendStatus();
        return acknowledged;
    }

    private void Restart(int resetCause)
    {
        _boot = (_boot + 1) & 0x7F;
        _resetCause = resetCause;
        _startedAt = Now;
        _isUp = _streams = _showsTestBars = _resetsAfterAck = false;
        _nextSequence = _framesSent = _presses = _commandsIgnored = _requests = _runFrames = _framesInARow = 0;
        _pressToTell = null;
        _frame = null;
        _frameAt = null;
        _mode = _options.Mode;
        _outbox.Clear();
    }

    private void SendHello() => Send(new HelloPacket(
        _options.ProtocolMajor, _options.ProtocolMinor, 0, 1, 0, BoardKind.Virtual, _boot, _resetCause,
        _options.Camera?.Identity.Pid ?? SoundPid, _options.Camera?.Identity.Ver ?? SoundVer,
        _mode.Number, _mode.Width, _mode.Height, _mode.WireCode, _mode.Clkrc(_options.BaudRateBitsPerSecond),
        _options.BaudRateBitsPerSecond,
            DeviceCapabilities.Bell | DeviceCapabilities.TestBars | DeviceCapabilities.Modes | (_options.ProtocolMinor > 0
            ? DeviceCapabilities.CompressedRows
            : 0)));

    private void SendStatus() => Send(new StatusPacket(
        (int)(Now - _startedAt).TotalSeconds, _framesSent, 0, 0, _presses, 0, _commandsIgnored,
        _options.Camera?.ChecksRun ?? AllChecks, _options.Camera?.ChecksPassed ?? AllChecks, SupplyMillivolts: 5000));

    private void Send<T>(T packet)
        where T : struct, IPacket<T> => _outbox.Enqueue(PacketCodec.Encode(packet));
}
