using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>How the link finds its device and how patient it is.</summary>
public sealed record DoorbellLinkOptions
{
    /// <summary>
    /// The speeds in use, in the order in which they are tried (docs/protocol.md, "Line"): first the one at which devices of before
    /// protocol 1.2 speak; then that of the others' start, which is heard as nonsense at the first and so is found without a wait.
    /// </summary>
    public static IReadOnlyList<int> KnownBaudRates { get; } = [1_000_000, 500_000, 2_000_000];

    /// <summary>
    /// Opens the link at a speed in bit/s, once for each connection. It throws <see cref="LinkUnavailableException"/> when there is none.
    /// </summary>
    public required Func<int, CancellationToken, ValueTask<IByteLink>> OpenAsync { get; init; }

    /// <summary>Which port would be opened now, for whoever borrows it; null where the link has no port.</summary>
    public Func<string>? PortPath { get; init; }

    /// <summary>The speeds to try, the most likely first; the others follow when HELLO does not come.</summary>
    public IReadOnlyList<int> BaudRatesBitsPerSecond
    {
        get;
        init => field = value.Count > 0
            ? value
            : throw new ArgumentException("At least one baud rate is needed.", nameof(BaudRatesBitsPerSecond));
    } = KnownBaudRates;

    /// <summary>How long HELLO may take after opening: 2.5 s, because opening resets an Uno and its boot loader runs first.</summary>
    public TimeSpan HelloWait { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long HELLO may take after it was asked for: 700 ms, the time of two rows and then some at the slowest speed.</summary>
    public TimeSpan HelloAnswer { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long an ACK may take: 1,500 ms (docs/protocol.md, "Commands").</summary>
    public TimeSpan AckWait { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How often a command is sent before it counts as unanswered: 3.</summary>
    public int CommandTries { get; init; } = 3;

    /// <summary>Silence after which sending is safe although a frame is under way: 100 ms (docs/protocol.md, "Commands").</summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a command waits for the gap between two frames: 2.5 s, more than the slowest frame takes. Then it is sent into a frame:
    /// that may cost rows, but a gap that is never seen must not keep a ring from being acknowledged.
    /// </summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Time without a byte after which the device is gone: 15 s (docs/protocol.md, "Types").</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Time in which bytes come but no good packet, after which the speed is looked for again: 60 s. An idle device says only a few words
    /// a minute, and a bad cable damages many of them.
    /// </summary>
    public TimeSpan NonsenseLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>First wait before a new attempt: 0.5 s; it doubles up to <see cref="LongestBackOff"/>.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest wait before a new attempt: 10 s.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Frames that may wait to be looked at; beyond that the oldest gives way. 1 by default: the latest.</summary>
    public int MostWaitingFrames { get; init; } = 1;

    /// <summary>Remarks, counters and refusals that may wait; beyond that the oldest gives way.</summary>
    public int MostWaitingOthers { get; init; } = 256;

    /// <summary>
    /// How long a press may take to be kept before it is acknowledged all the same: 80 ms, so that the visitor's feedback is not late.
    /// </summary>
    public TimeSpan RingKeepLimit { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>
    /// After each start the device is asked for the mode in which it sends the most frames, if it tells of one
    /// (<see cref="HelloPacket.FasterMode"/>): true by default. A device that does not know it stays in its own mode.
    /// </summary>
    public bool AsksForFasterMode { get; init; } = true;

    /// <summary>
    /// After each start the device is asked for the fastest serial rate at which nothing is lost, if it can change its rate: true by
    /// default.
    /// </summary>
    public bool NegotiatesRate { get; init; } = true;

    /// <summary>How much damage a frame may have.</summary>
    public FrameAssemblerOptions Frames { get; init; } = new();

    /// <summary>A serial port that is named.</summary>
    /// <param name="portPath">"/dev/ttyACM0".</param>
    /// <param name="baudRateBitsPerSecond">The speed to try first.</param>
    /// <param name="recorder">Records what goes over the line; null for none. It stays the caller's.</param>
    public static DoorbellLinkOptions ForPort(string portPath, int baudRateBitsPerSecond = 1_000_000, LinkRecorder? recorder = null) =>
        ForPort(() => portPath, baudRateBitsPerSecond, recorder);

    /// <summary>
    /// The only USB serial port there is, looked for again for each connection: a doorbell that is plugged in again may get another name.
    /// </summary>
    /// <param name="discovery">Finds the ports.</param>
    /// <param name="baudRateBitsPerSecond">The speed to try first.</param>
    /// <param name="recorder">Records what goes over the line; null for none. It stays the caller's.</param>
    public static DoorbellLinkOptions ForAnyPort(PortDiscovery discovery, int baudRateBitsPerSecond = 1_000_000,
        LinkRecorder? recorder = null) => ForPort(
        discovery.Pick,
        baudRateBitsPerSecond,
        recorder);

    private static DoorbellLinkOptions ForPort(Func<string> portPath, int baudRateBitsPerSecond, LinkRecorder? recorder) => new()
    {
        BaudRatesBitsPerSecond = [baudRateBitsPerSecond, .. KnownBaudRates.Where(rate => rate != baudRateBitsPerSecond)],
        PortPath = portPath,
        OpenAsync = (rate, _) =>
        {
            IByteLink link = SerialByteLink.Open(portPath(), rate);
            return ValueTask.FromResult(recorder is null ? link : new RecordingByteLink(link, recorder));
        },
    };
}
