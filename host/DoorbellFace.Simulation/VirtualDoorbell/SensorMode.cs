using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>One of the device's modes (docs/protocol.md, "mode") and how fast the sensor can run in it.</summary>
/// <param name="Number">The protocol's number of the mode.</param>
/// <param name="Name">What a person types: "qvga".</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Format">What the rows hold.</param>
/// <param name="IsCompressed">Rows travel as <see cref="CompressedRow"/> packs them.</param>
public sealed record SensorMode(int Number, string Name, int Width, int Height, PixelFormat Format, bool IsCompressed = false)
{
    /// <summary>ROW has type, sequence, two bytes of row number, three of CRC and the closing 00 besides its pixels.</summary>
    private const int RowOverheadBytes = 8;

    /// <summary>A serial byte is a start bit, eight data bits and a stop bit.</summary>
    private const int BitsPerByte = 10;

    /// <summary>The sensor's frame is 510 lines, of which 480 carry pixels (OV7670 datasheet 1.4, figure 6).</summary>
    private const double VisiblePart = 480.0 / 510.0;

    /// <summary>One frame takes 784 x 510 x 2 pixel clocks; with 8 MHz in and a divider of 1 that is a tenth of a second.</summary>
    private const double SecondsPerDivider = 784.0 * 510 * 2 / 8_000_000;

    /// <summary>CLKRC counts the divider from 0 in six bits; bit 7 is reserved and set after reset.</summary>
    private const int ClkrcReserved = 0x80, GreatestDivider = 64;

    /// <summary>All modes that the virtual doorbell has.</summary>
    public static IReadOnlyList<SensorMode> All { get; } =
    [
        new(0, "qvga", 320, 240, PixelFormat.Gray8),
        new(1, "qqvga", 160, 120, PixelFormat.Gray8),
        new(2, "qvga-colour", 320, 240, PixelFormat.Yuv422),
        new(3, "qqvga-colour", 160, 120, PixelFormat.Yuv422),
        new(4, "qvga-compressed", 320, 240, PixelFormat.Gray8, IsCompressed: true),
    ];

    /// <summary>The protocol's number of the rows' format.</summary>
    public int WireCode => IsCompressed ? WireFormat.CompressedGray : WireFormat.ToCode(Format);

    /// <summary>Bytes of one row's pixels on the wire.</summary>
    public int RowBytes => WireFormat.RowBytes(WireCode, Format, Width);

    /// <summary>The mode of that name, or null.</summary>
    public static SensorMode? Find(string name) =>
        All.FirstOrDefault(mode => string.Equals(mode.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The sensor's clock register at a baud rate: the fastest at which a row has left before the next one comes, and at which the board's
    /// processor keeps up (measured for the firmware: divider 8 or more for 320 columns, 3 or more for 160 and for compressed rows).
    /// </summary>
    public int Clkrc(int baudRateBitsPerSecond) => ClkrcReserved | (Divider(baudRateBitsPerSecond) - 1);

    /// <summary>Time from one frame to the next: 0.9 s for gray QVGA at 1,000,000 bit/s, as on the board.</summary>
    public TimeSpan FramePeriod(int baudRateBitsPerSecond) => TimeSpan.FromSeconds(Divider(baudRateBitsPerSecond) * SecondsPerDivider);

    /// <summary>Time from one row to the next while rows come.</summary>
    public TimeSpan RowPeriod(int baudRateBitsPerSecond) => FramePeriod(baudRateBitsPerSecond) * (VisiblePart / Height);

    private int Divider(int baudRateBitsPerSecond)
    {
        double wireSeconds = (double)Height * (RowBytes + RowOverheadBytes) * BitsPerByte / baudRateBitsPerSecond;
        int forWire = (int)Math.Ceiling(wireSeconds / (SecondsPerDivider * VisiblePart));
        return Math.Clamp(forWire, Width > 160 && !IsCompressed ? 8 : 3, GreatestDivider);
    }
}
