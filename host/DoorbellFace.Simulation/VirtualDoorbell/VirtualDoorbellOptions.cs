namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>What the virtual doorbell is and how it behaves.</summary>
public sealed record VirtualDoorbellOptions
{
    /// <summary>Starts at once and sends as fast as it is read.</summary>
    public static VirtualDoorbellOptions Unpaced { get; } = new() { IsPaced = false, StartTime = TimeSpan.Zero };

    /// <summary>Speed of its line in bit/s: 1,000,000 by default.</summary>
    public int BaudRateBitsPerSecond
    {
        get;
        init => field = value is >= 9600 and <= 4_000_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BaudRateBitsPerSecond), value, "The baud rate is 9,600 to 4,000,000 bit/s.");
    } = 1_000_000;

    /// <summary>The mode after every start: gray QVGA by default.</summary>
    public SensorMode Mode { get; init; } = SensorMode.All[0];

    /// <summary>Frames and bytes come at the pace of sensor and wire (the default), or as fast as they are taken.</summary>
    public bool IsPaced { get; init; } = true;

    /// <summary>Number of the first start, 0 to 127.</summary>
    public int FirstBoot { get; init; } = 1;

    /// <summary>From a start to HELLO: 300 ms by default. A real Uno takes up to 2.5 s, most of it in its boot loader.</summary>
    public TimeSpan StartTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Frames that a press starts: 8 (docs/protocol.md, "The bell").</summary>
    public int FramesPerPress { get; init; } = 8;

    /// <summary>
    /// Standard deviation of the sensor's noise in gray levels, 0 to 64; 0 by default, so that pictures arrive as they were given.
    /// </summary>
    public float NoiseSigma
    {
        get;
        init => field = value is >= 0f and <= 64f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(NoiseSigma), value, "The sensor's noise is 0 to 64 gray levels.");
    }

    /// <summary>Standard deviation of the lens's blur in pixels, 0 to 8; 0 by default.</summary>
    public float BlurSigmaPixels
    {
        get;
        init => field = value is >= 0f and <= 8f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BlurSigmaPixels), value, "The blur is 0 to 8 pixels.");
    }

    /// <summary>What is wrong with its camera; null, the default, for nothing.</summary>
    public CameraFault? Camera { get; init; }

    /// <summary>Seed of the noise.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Highest protocol major version it claims; other than 1 only to see a host refuse it.</summary>
    public int ProtocolMajor { get; init; } = Core.Link.HelloPacket.CurrentMajor;

    /// <summary>The minor version it speaks: 0 is a device of before compressed rows.</summary>
    public int ProtocolMinor { get; init; } = Core.Link.HelloPacket.CurrentMinor;
}
