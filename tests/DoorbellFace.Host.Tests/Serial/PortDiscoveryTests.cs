using DoorbellFace.Adapters.Serial;

namespace DoorbellFace.Host.Tests.Serial;

/// <summary>Discovery in a folder that is laid out as Linux lays out /dev and /sys.</summary>
public sealed class PortDiscoveryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("doorbell-ports-").FullName;

    [Fact]
    public void Without_a_port_it_says_what_to_do()
    {
        Assert.Empty(new PortDiscovery(_root).List());
        Assert.Contains("Plug it in", Assert.Throws<LinkUnavailableException>(() => new PortDiscovery(_root).Pick()).Message);
    }

    [Fact]
    public void The_only_port_is_picked_by_the_name_that_stays()
    {
        AddPort("ttyACM0", "Arduino (www.arduino.cc)", "Uno R3", "2341:0043", depth: 1);
        Directory.CreateDirectory(Path.Combine(_root, "dev/serial/by-id"));
        File.CreateSymbolicLink(Path.Combine(_root, "dev/serial/by-id/usb-Arduino-if00"), "../../ttyACM0");
        AddFile("dev/ttyS0", "");
        SerialPortDescription port = Assert.Single(new PortDiscovery(_root).List());
        Assert.Equal(Path.Combine(_root, "dev/serial/by-id/usb-Arduino-if00"), port.Path);
        Assert.Equal(Path.Combine(_root, "dev/ttyACM0"), port.DevicePath);
        Assert.Equal("Arduino (www.arduino.cc) Uno R3, 2341:0043", port.Description);
        Assert.Equal(port.Path, new PortDiscovery(_root).Pick());
    }

    [Fact]
    public void Of_several_the_user_has_to_name_one()
    {
        AddPort("ttyUSB0", "", "USB Serial", "1a86:7523", depth: 2);
        AddFile("dev/ttyACM0", "");
        Assert.Equal(["unknown", "USB Serial, 1a86:7523"], new PortDiscovery(_root).List().Select(port => port.Description));
        string sentence = Assert.Throws<LinkUnavailableException>(() => new PortDiscovery(_root).Pick()).Message;
        Assert.Contains("There are 2 serial ports", sentence);
        Assert.Contains($"{_root}/dev/ttyUSB0  (USB Serial, 1a86:7523)", sentence);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>sysfs: class/tty/NAME is a link to DEVICE/.../tty/NAME, whose "device" is a link to the interface, some levels below the device.</summary>
    private void AddPort(string name, string manufacturer, string product, string id, int depth)
    {
        AddFile($"dev/{name}", "");
        string device = $"sys/devices/usb-{name}", folder = device;
        for (int i = 0; i < depth; i++) folder += $"/level{i}";
        Directory.CreateDirectory(Path.Combine(_root, folder, "tty", name));
        Directory.CreateDirectory(Path.Combine(_root, "sys/class/tty"));
        if (manufacturer.Length > 0) AddFile($"{device}/manufacturer", manufacturer + "\n");
        AddFile($"{device}/product", product + "\n");
        AddFile($"{device}/idVendor", id[..4] + "\n");
        AddFile($"{device}/idProduct", id[5..] + "\n");
        File.CreateSymbolicLink(Path.Combine(_root, folder, "tty", name, "device"), "../..");
        File.CreateSymbolicLink(Path.Combine(_root, "sys/class/tty", name), Path.Combine(_root, folder, "tty", name));
    }

    private void AddFile(string path, string content)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
