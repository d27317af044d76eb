using System.Globalization;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>
/// One fault of the camera or of a wire to it: what the device then says of its camera, and what the pictures look like. Both simulated
/// doorbells know the same faults; the firmware's own simulator is told in its words.
/// </summary>
public sealed record CameraFault
{
    private const string DataWire = "wire-d";

    /// <summary>Word, what the firmware's simulator is told, the check that fails, and the remark (docs/log-codes.csv).</summary>
    private static readonly CameraFault[] OfTheCamera =
    [
        new("unplug-camera", "unplugged", SensorChecks.Answers, LogCode.NoAnswer, "sensor does not answer on SCCB"),
        new("no-xclk", "no-clock", SensorChecks.Answers, LogCode.NoAnswer, "sensor does not answer on SCCB"),
        new("wrong-pid", "wrong-pid", SensorChecks.ProductNumber, LogCode.WrongPid, $"sensor PID not 118 but {WrongPid}"),
        new("no-vsync", "no-vsync", SensorChecks.Vsync, LogCode.NoVsync, "no VSYNC from the sensor"),
        new("no-href", "no-href", SensorChecks.Href, LogCode.NoHref, "VSYNC but no HREF from the sensor"),
        new("no-pclk", "no-pclk", SensorChecks.Pclk, LogCode.NoPclk, "HREF but no PCLK from the sensor"),
    ];

    private const int WrongPid = 115;

    private readonly Func<byte, int, byte> _onTheWire = (value, _) => value;

    private CameraFault(string name, string inTheFirmwaresWords, SensorChecks failed, LogCode remarkCode, string remark) =>
        (Name, InTheFirmwaresWords, FailedCheck, RemarkCode, Remark) = (name, inTheFirmwaresWords, failed, remarkCode, remark);

    private CameraFault(string name, string inTheFirmwaresWords, LogCode remarkCode, string remark, Func<byte, int, byte> onTheWire)
        : this(name, inTheFirmwaresWords, SensorChecks.TestBars, remarkCode, remark) => _onTheWire = onTheWire;

    /// <summary>What can be asked for, for people: "unplug-camera, ..., wire-dN=stuck, ...", N from 0 to 7.</summary>
    public static string Names { get; } =
        $"{string.Join(", ", OfTheCamera.Select(fault => fault.Name))}, {DataWire}N=stuck, {DataWire}N=high, {DataWire}N=loose (N: 0 to 7)";

    /// <summary>The fault's word.</summary>
    public string Name { get; }

    /// <summary>The word for the simulator of the firmware (firmware/simulator/README.md, "fault").</summary>
    public string InTheFirmwaresWords { get; }

    /// <summary>The first check of its camera that the device finds failed.</summary>
    public SensorChecks FailedCheck { get; }

    /// <summary>What the device's remark is about.</summary>
    public LogCode RemarkCode { get; }

    /// <summary>The device's remark.</summary>
    public string Remark { get; }

    /// <summary>The camera is good enough to send frames with: only its data wires are faulty.</summary>
    public bool SendsFrames => FailedCheck == SensorChecks.TestBars;

    /// <summary>Checks that the device makes before it stops at the one that fails.</summary>
    public SensorChecks ChecksRun => (SensorChecks)(((int)FailedCheck << 1) - 1);

    /// <summary>Those that it passes.</summary>
    public SensorChecks ChecksPassed => ChecksRun & ~FailedCheck;

    /// <summary>Product number and version that the camera gives, as HELLO says them; 0 when it does not answer.</summary>
    public (int Pid, int Ver) Identity => FailedCheck switch
    {
        SensorChecks.Answers => (0, 0),
        SensorChecks.ProductNumber => (WrongPid, 0x73),
        _ => (0x76, 0x73),
    };

    /// <summary>The fault with that word.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such fault; the message names those there are.</exception>
    public static CameraFault Parse(string name) =>
        Array.Find(OfTheCamera, fault => fault.Name == name)
        ?? OfDataWire(name)
        ?? throw new ArgumentException($"There is no fault '{name}'; there are {Names}.");

    /// <summary>What arrives of a frame.</summary>
    internal PixelBuffer Pass(PixelBuffer frame)
    {
        if (!SendsFrames) return frame;
        var arrived = new byte[frame.Pixels.Length];
        for (int i = 0; i < arrived.Length; i++) arrived[i] = _onTheWire(frame.Pixels[i], i);
        return new PixelBuffer(frame.Width, frame.Height, frame.Format, arrived);
    }

    private static CameraFault? OfDataWire(string name)
    {
        if (!name.StartsWith(DataWire, StringComparison.Ordinal) || name.Length < DataWire.Length + 2
            || name[DataWire.Length] is not (>= '0' and <= '7') || name[DataWire.Length + 1] != '=')
            return null;
        int line = name[DataWire.Length] - '0', bit = 1 << line;
        string number = line.ToString(CultureInfo.InvariantCulture), mask = bit.ToString(CultureInfo.InvariantCulture);
        return name[(DataWire.Length + 2)..] switch
        {
            "stuck" =>
                new(name, $"stuck-low {number}", LogCode.LineLow, $"data lines never high, as bits: {mask}", (value, _) =>
                    (byte)(value & ~bit)),
            "high" =>
                new(name, $"stuck-high {number}", LogCode.LineHigh, $"data lines never low, as bits: {mask}", (value, _) =>
                    (byte)(value | bit)),
            "loose" =>
                new(name, $"loose {number}", LogCode.BarsWrong, "test bars wrong, CRC 0", (value, place) =>
                    Flickers(place) ? (byte)(value ^ bit) : value),
            _ => null,
        };
    }

    /// <summary>One byte in four, by its place, so that the same scene gives the same picture.</summary>
    private static bool Flickers(int place) => (((uint)place * 2_654_435_761u) >> 30) == 0;
}
