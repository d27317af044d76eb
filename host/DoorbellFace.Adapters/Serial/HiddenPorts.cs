namespace DoorbellFace.Adapters.Serial;

/// <summary>A USB serial chip that is plugged in and has no serial port.</summary>
/// <param name="Id">Vendor and product: "1a86:7523".</param>
/// <param name="Description">What it says it is, with its id: "USB Serial, 1a86:7523".</param>
/// <param name="BrailleRules">The file of rules by which the braille program takes this chip; null when there is none.</param>
public sealed record HiddenPort(string Id, string Description, string? BrailleRules);

/// <summary>
/// Finds the USB serial chips of Arduinos whose port something has taken away. Braille displays contain the same chips, so brltty, which
/// drives such displays and comes with most Linux systems, takes every one of them: the kernel then gives no /dev/ttyUSB*, and a doorbell
/// seems not to be plugged in.
/// </summary>
internal static class HiddenPorts
{
    /// <summary>Chips of Arduino boards that brltty's rules name: CH340, FT232R, CP2102.</summary>
    private static readonly string[] SharedChips = ["1a86:7523", "0403:6001", "10c4:ea60"];

    /// <summary>
    /// Where the system and its owner keep the rules by which devices are handed out; the owner's replace the system's of the same name.
    /// </summary>
    private static readonly string[] RuleFolders = ["etc/udev/rules.d", "usr/lib/udev/rules.d", "lib/udev/rules.d"];

    /// <summary>All of them below a root folder.</summary>
    public static IReadOnlyList<HiddenPort> List(string root) =>
    [
        .. Entries(Path.Combine(root, "sys/bus/usb/devices")).Order(StringComparer.Ordinal)
            .Select(device => (Device: device, Id: $"{SysfsFile.Line(device, "idVendor")}:{SysfsFile.Line(device, "idProduct")}"))
            .Where(found => SharedChips.Contains(found.Id) && !HasPort(found.Device))
            .Select(found => new HiddenPort(found.Id, $"{Name(found.Device)}, {found.Id}", RulesFor(found.Id, root))),
    ];

    /// <summary>A port stands below the device's interfaces: DEVICE:1.0/ttyUSB0, or DEVICE:1.0/tty/ttyACM0.</summary>
    private static bool HasPort(string device) =>
        Entries(device).Any(part => Entries(part).Any(entry => Path.GetFileName(entry).StartsWith("tty", StringComparison.Ordinal)));

    private static string Name(string device) => SysfsFile.Line(device, "product") is { Length: > 0 } product ? product : "unnamed";

    private static string? RulesFor(string id, string root)
    {
        string mention = id.Replace(':', '/');
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in RuleFolders.SelectMany(folder => Entries(Path.Combine(root, folder)))
            .Where(file => Path.GetFileName(file).Contains("brltty", StringComparison.Ordinal)))
        {
            if (!seen.Add(Path.GetFileName(file))) continue;
            try
            {
                if (File.ReadLines(file).Any(line =>
                    !line.TrimStart().StartsWith('#') && line.Contains(mention, StringComparison.OrdinalIgnoreCase))) return file;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Rules that may not be read are not the reason that can be named.
            }
        }
        return null;
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
