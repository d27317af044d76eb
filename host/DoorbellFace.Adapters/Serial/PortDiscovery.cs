using DoorbellFace.Application;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>A serial port of this computer.</summary>
/// <param name="Path">The name that stays the same when the device is plugged in elsewhere, where there is one.</param>
/// <param name="DevicePath">The kernel's name: "/dev/ttyACM0".</param>
/// <param name="Description">What the device says it is: "Arduino (www.arduino.cc) Uno R3, 2341:0043".</param>
public sealed record SerialPortDescription(string Path, string DevicePath, string Description);

/// <summary>Finds the ports that a doorbell may be plugged into: the USB serial ports, ttyACM and ttyUSB.</summary>
public sealed class PortDiscovery
{
    /// <summary>How far up from the port's entry in sysfs the USB device's entry can be.</summary>
    private const int MostParents = 5;

    private readonly string _root;

    /// <summary>Looks below a root folder: "/" unless a test says otherwise.</summary>
    public PortDiscovery(string root = "/") => _root = root;

    /// <summary>All ports, by path.</summary>
    public IReadOnlyList<SerialPortDescription> List()
    {
        Dictionary<string, string> stableNames = StableNames();
        return
        [
            .. Entries(Path.Combine(_root, "dev"), "ttyACM*").Concat(Entries(Path.Combine(_root, "dev"), "ttyUSB*"))
                .Select(device => new SerialPortDescription(stableNames.GetValueOrDefault(device, device), device, Describe(device)))
                .OrderBy(port => port.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// USB serial chips that are plugged in and have no port: something else, most often the braille program, has taken it.
    /// </summary>
    public IReadOnlyList<HiddenPort> Hidden() => HiddenPorts.List(_root);

    /// <summary>The port to use when the user named none.</summary>
    /// <exception cref="LinkUnavailableException">There is none, or there are several; the sentence says which.</exception>
    public string Pick()
    {
        IReadOnlyList<SerialPortDescription> ports = List();
        return ports.Count switch
        {
            1 => ports[0].Path,
            0 when Hidden() is [var hidden, ..] => throw new LinkUnavailableException(
                LinkFault.NoPort,
                $"A serial chip is plugged in ({hidden.Description}), but it has no serial port"
                + (hidden.BrailleRules is null
                    ? ": its driver is missing, or another program has taken it."
                    : ": the braille program, brltty, takes it for a braille display."),
                RemedyFor(hidden)),
            0 => throw new LinkUnavailableException(
                LinkFault.NoPort,
                "A doorbell was expected on a USB serial port (/dev/ttyACM* or /dev/ttyUSB*), but there is none. Plug it in, with a cable "
                + "that carries data.",
                new Remedy(RemedyKey.Simulate)),
            _ => throw new LinkUnavailableException(
                LinkFault.SeveralPorts,
                $"There are {ports.Count} serial ports and it is not clear which is the doorbell:\n"
                + string.Join('\n', ports.Select(port => $"  {port.Path}  ({port.Description})")),
                new Remedy(RemedyKey.NamePort)),
        };
    }

    /// <summary>How a hidden port comes back; brltty stays and goes on driving braille displays.</summary>
    public static Remedy RemedyFor(HiddenPort hidden) => hidden.BrailleRules is { } rules
        ? new Remedy(RemedyKey.FreePortFromBraille, rules, hidden.Id)
        : new Remedy(RemedyKey.LoadPortDriver, hidden.Id);

    private Dictionary<string, string> StableNames()
    {
        var names = new Dictionary<string, string>();
        foreach (string link in Entries(Path.Combine(_root, "dev/serial/by-id"), "*").Order(StringComparer.Ordinal))
        {
            if (File.ResolveLinkTarget(link, returnFinalTarget: true) is { } target) names.TryAdd(target.FullName, link);
        }
        return names;
    }

    private string Describe(string devicePath)
    {
        string entry = Path.Combine(_root, "sys/class/tty", Path.GetFileName(devicePath));
        if (new DirectoryInfo(entry) is not { Exists: true } found) return "unknown";
        FileSystemInfo folder = found.ResolveLinkTarget(returnFinalTarget: true) ?? found;
        string? path = folder.FullName;
        string device = Path.Combine(path, "device");
        if (Directory.Exists(device)) path = new DirectoryInfo(device).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? device;
        for (int i = 0; i < MostParents && path is not null; i++, path = Path.GetDirectoryName(path))
        {
            if (!File.Exists(Path.Combine(path, "idVendor"))) continue;
            string[] words = [SysfsFile.Line(path, "manufacturer"), SysfsFile.Line(path, "product")];
            string name = string.Join(' ', words.Where(word => word.Length > 0));
            return $"{(name.Length > 0 ? name : "unnamed")}, {SysfsFile.Line(path, "idVendor")}:{SysfsFile.Line(path, "idProduct")}";
        }
        return "unknown";
    }

    private static string[] Entries(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, pattern) : [];
}
