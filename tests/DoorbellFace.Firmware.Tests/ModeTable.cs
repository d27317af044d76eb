using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorbellFace.Firmware.Tests;

/// <summary>The sensor's clock dividers, as the sketch's capture/modes.h sets them.</summary>
internal static partial class ModeTable
{
    /// <summary>Type, sequence, row number, CRC and the zero at the end: what a row's packet adds to its pixels.</summary>
    public const int PacketBytesPerRow = 8;

    public static string[] Names { get; } = ["QVGA gray", "QQVGA gray", "QVGA colour", "QQVGA colour"];

    public static string Header { get; } = File.ReadAllText(Path.Combine(FirmwareBuild.Folder, "doorbell_cam", "src", "capture", "modes.h"));

    /// <summary>The value for a rate: the file lists 2,000,000 first, then 1,000,000, then the rest.</summary>
    public static int Divider(int baud, int mode)
    {
        string name = "DIVIDER_" + Names[mode].Replace(' ', '_').ToUpperInvariant();
        string[] values = [.. Definition().Matches(Header).Where(line => line.Groups["name"].Value == name).Select(line => line.Groups["value"].Value)];
        return int.Parse(values[baud switch { 2_000_000 => 0, 1_000_000 => 1, _ => 2 }], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^#define (?<name>DIVIDER_\w+) (?<value>\d+)$", RegexOptions.Multiline)]
    private static partial Regex Definition();
}
