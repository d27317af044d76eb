using DoorbellFace.Adapters.Serial;
using DoorbellFace.Terminal;

namespace DoorbellFace.Adapters.Tests.Serial;

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

    [Theory]
    [InlineData("1a86:7523")]
    [InlineData("0403:6001")]
    [InlineData("10c4:ea60")]
    public void A_chip_whose_port_the_braille_program_took_is_named_with_how_to_free_it(string id)
    {
        string mention = id.Replace(':', '/');
        AddChip("1-2", id, withPort: false);
        AddFile("usr/lib/udev/rules.d/85-brltty.rules",
            $"# {mention}\nENV{{PRODUCT}}==\"{mention}/*\", ENV{{BRLTTY_BRAILLE_DRIVER}}=\"bm\", GOTO=\"brltty_usb_run\"\n");
        var discovery = new PortDiscovery(_root);

        HiddenPort hidden = Assert.Single(discovery.Hidden());
        LinkUnavailableException error = Assert.Throws<LinkUnavailableException>(() => discovery.Pick());

        Assert.Equal((id, $"USB Serial, {id}"), (hidden.Id, hidden.Description));
        Assert.Contains("the braille program, brltty, takes it", error.Message, StringComparison.Ordinal);
        string command = Remedies.InWords(error.Remedy!);
        Assert.Contains($"/{id.Replace(":", "\\/", StringComparison.Ordinal)}/I", command, StringComparison.Ordinal);
        Assert.Contains("| sudo tee /etc/udev/rules.d/85-brltty.rules", command, StringComparison.Ordinal);
        Assert.DoesNotContain("apt", command, StringComparison.Ordinal);

        // What the command writes frees the port: the owner's file replaces the system's, and names the chip no more.
        AddFile("etc/udev/rules.d/85-brltty.rules", $"# {mention}\n#ENV{{PRODUCT}}==\"{mention}/*\", GOTO=\"brltty_usb_run\"\n");
        Assert.Null(Assert.Single(discovery.Hidden()).BrailleRules);
    }

    [Fact]
    public void A_chip_with_a_port_and_a_device_that_is_no_serial_chip_are_not_hidden()
    {
        AddChip("1-1", "1a86:7523", withPort: true);
        AddChip("1-2", "046d:c31c", withPort: false);

        Assert.Empty(new PortDiscovery(_root).Hidden());
    }

    [Fact]
    public void A_chip_without_a_port_and_without_braille_rules_is_named_too()
    {
        AddChip("1-1", "1a86:7523", withPort: false);

        string sentence = Assert.Throws<LinkUnavailableException>(() => new PortDiscovery(_root).Pick()).Message;

        Assert.Contains("USB Serial, 1a86:7523", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("brltty", sentence, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>
    /// sysfs: class/tty/NAME is a link to DEVICE/.../tty/NAME, whose "device" is a link to the interface, some levels below the device.
    /// </summary>
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

    /// <summary>As the bus lists it: a link to the device, whose interfaces are folders in it.</summary>
    private void AddChip(string place, string id, bool withPort)
    {
        string device = $"sys/devices/usb1/{place}";
        AddFile($"{device}/idVendor", id[..4] + "\n");
        AddFile($"{device}/idProduct", id[5..] + "\n");
        AddFile($"{device}/product", "USB Serial\n");
        AddFile($"{device}/{place}:1.0/bInterfaceNumber", "00\n");
        if (withPort) AddFile($"{device}/{place}:1.0/ttyUSB0/uevent", "");
        Directory.CreateDirectory(Path.Combine(_root, "sys/bus/usb/devices"));
        File.CreateSymbolicLink(Path.Combine(_root, "sys/bus/usb/devices", place), Path.Combine(_root, device));
    }

    private void AddFile(string path, string content)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
