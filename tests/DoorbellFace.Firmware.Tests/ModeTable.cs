using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorbellFace.Firmware.Tests;

/// <summary>The sensor's clock dividers, as the sketch's capture/modes.c sets them.</summary>
internal static partial class ModeTable
{
    /// <summary>Type, sequence, row number, CRC and the zero at the end: what a row's packet adds to its pixels.</summary>
    public const int PacketBytesPerRow = 8;

    /// <summary>QVGA gray at half its size.</summary>
    public const int Compressed = 4;

    public static string[] Names { get; } = ["QVGA gray", "QQVGA gray", "QVGA colour", "QQVGA colour", "QVGA compressed"];

    public static int[] Bauds { get; } = [500_000, 1_000_000, 2_000_000];

    /// <summary>The arithmetic, as a comment.</summary>
    public static string Header { get; } =
        File.ReadAllText(Path.Combine(FirmwareBuild.Folder, "doorbell_cam", "src", "capture", "modes.h"));

    private static readonly int[][] Dividers =
        [.. Row().Matches(File.ReadAllText(Path.Combine(FirmwareBuild.Folder, "doorbell_cam", "src", "capture", "modes.c")))
        .Select(row => row.Groups["value"].Captures.Select(value => int.Parse(value.Value, CultureInfo.InvariantCulture)).ToArray())];

    public static bool IsQvga(int mode) => mode is not (1 or 3);

    public static bool IsColour(int mode) => mode is 2 or 3;

    /// <summary>Bytes of a row's pixels on the wire.</summary>
    public static int RowBytes(int mode) => mode == Compressed ? 160 : (IsQvga(mode) ? 320 : 160) * (IsColour(mode) ? 2 : 1);

    public static int Divider(int baud, int mode) => Dividers[Array.IndexOf(Bauds, baud)][mode];

    [GeneratedRegex(@"^    \{((?<value>\d+)(, )?){5}\},$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
