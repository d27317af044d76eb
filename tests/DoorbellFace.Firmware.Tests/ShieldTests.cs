using System.Text.RegularExpressions;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// The shield joins exactly what the wiring table joins: KiCad has no electrical check without a hand at the mouse, so this is it.
/// </summary>
public partial class ShieldTests
{
    private static readonly Dictionary<string, string> NetOf = Lines("nets.csv")
        .SelectMany(cells => cells[1].Split(' ').Select(pin => (Pin: pin, Net: cells[0]))).ToDictionary(pair => pair.Pin, pair => pair.Net);

    private static readonly Dictionary<string, (string Kind, string Value)> Parts =
        Lines("parts.csv").ToDictionary(cells => cells[0], cells => (cells[1], cells[2]));

    /// <summary>From the camera's side of a buffer to the board's.</summary>
    private static readonly (string From, string To)[] Buffers =
    [
        .. Enumerable.Range(2, 8).Select(pin => ($"U1.{pin}", $"U1.{20 - pin}")), ("U2.2", "U2.18"), ("U2.4", "U2.16"), ("U2.6", "U2.14"),
    ];

    /// <summary>The wiring table's rows; what hangs on the board itself is not the shield's.</summary>
    public static TheoryData<string, string, string, string> Wires
    {
        get
        {
            var data = new TheoryData<string, string, string, string>();
            string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "hardware", "pinout.csv"));
            foreach (string[] cells in lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells[4] != "board"))
                data.Add(cells[1], cells[4], cells[5], cells[6]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void Each_wire_of_the_table_is_on_the_shield(string board, string farEnd, string farPin, string through)
    {
        string far = NetOf[FarPin(farEnd, farPin)];
        if (board is "3V3" or "5V" or "GND")
        {
            Assert.Equal(board, far);
            return;
        }
        string near = NetOf[$"UNO.{board}"];
        string[] values = [.. Number().Matches(through.Replace(" kohm", "k", StringComparison.Ordinal)).Select(match => match.Value)];
        if (through == "direct" && farEnd == "camera")
            Assert.Contains(Buffers, buffer => NetOf[buffer.From] == far && NetOf[buffer.To] == near);
        else if (through == "direct" || through.EndsWith(" to 3.3 V", StringComparison.Ordinal))
            Assert.Equal(near, far);
        else
            Assert.True(IsJoined(near, far, Written(values[0])), $"{values[0]} between {near} and {far}");
        if (through.EndsWith(" to 3.3 V", StringComparison.Ordinal)) Assert.True(IsJoined(far, "3V3", values[0]), through);
        bool isToGround = values.Length == 2 && !through.Contains("3.3", StringComparison.Ordinal);
        if (isToGround) Assert.True(IsJoined(far, "GND", Written(values[1])), through);
    }

    /// <summary>Two signals of the Uno in one net would be a short circuit.</summary>
    [Fact]
    public void No_two_pins_of_the_Uno_meet()
    {
        foreach (IGrouping<string, KeyValuePair<string, string>> net in NetOf.GroupBy(pair => pair.Value))
            Assert.True(net.Count(pair => pair.Key.StartsWith("UNO.", StringComparison.Ordinal)) <= 1, net.Key);
    }

    [Fact]
    public void Every_chip_has_its_supply_and_the_buffers_look_the_right_way()
    {
        foreach (string pin in (string[])["U1.20", "U2.20", "U4.1", "U3.IN", "U1.1", "U2.19"]) Assert.Equal("5V", NetOf[pin]);
        foreach (string pin in (string[])["U1.10", "U2.10", "U4.4", "U3.GND", "U1.19", "U2.1"]) Assert.Equal("GND", NetOf[pin]);
        Assert.Equal("3V3", NetOf["U3.OUT"]);
        Assert.DoesNotContain("UNO.3V3", NetOf.Keys);
        // An input that hangs in the air draws current; an output that is left is nobody's.
        int[] leftOutputs = [3, 5, 7, 9, 12];
        Assert.All(Enumerable.Range(1, 20).Except(leftOutputs), pin => Assert.Contains($"U2.{pin}", NetOf.Keys));
        Assert.All(Enumerable.Range(1, 20), pin => Assert.Contains($"U1.{pin}", NetOf.Keys));
        Assert.Equal(NetOf["U4.2"], NetOf["JP1.1"]);
        Assert.Equal(NetOf["JP1.2"], NetOf["UNO.D0"]); // directly: a resistor here would make a divider with the board's own
    }

    /// <summary>A button that is pressed pulls its pin to ground: nothing holds it up behind the resistor.</summary>
    [Fact]
    public void The_bells_pull_up_is_on_the_buttons_side_of_its_resistor()
    {
        Assert.True(IsJoined(NetOf["T1.BELL"], "5V", "1k"));
        Assert.DoesNotContain(NetOf, pair => pair.Value == NetOf["UNO.D2"] && pair.Key.StartsWith("R9.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_board_that_is_published_has_these_nets()
    {
        string board = File.ReadAllText(Shield("shield.kicad_pcb"));
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string footprint in board.Split("\n  (footprint ").Skip(1))
        {
            string reference = Reference().Match(footprint).Groups["name"].Value;
            foreach (Match pad in Pad().Matches(footprint)) found[$"{reference}.{pad.Groups["pin"].Value}"] = pad.Groups["net"].Value;
        }

        Assert.Equal(new SortedDictionary<string, string>(NetOf, StringComparer.Ordinal), found);
        Assert.All(Parts.Keys, part => Assert.Contains(found.Keys, pin => pin.StartsWith(part + ".", StringComparison.Ordinal)));
    }

    [KiCadFact]
    public void KiCads_own_check_finds_no_error() =>
        Assert.Contains("Found 0 unconnected pads", FirmwareBuild.Run("/usr/bin/python3", Shield("make-shield"), "--check"),
            StringComparison.Ordinal);

    private static string Shield(string name) => Path.Combine(Repository.Root, "hardware", "shield", name);

    private static IEnumerable<string[]> Lines(string name) => File.ReadLines(Shield(name)).Skip(1).Select(line => line.Split(','));

    private static string FarPin(string farEnd, string farPin) => (farEnd, farPin) switch
    {
        ("camera", _) => $"CAM.{farPin}",
        ("button", "contact 1") => "T1.BELL",
        ("button", _) => "T1.BELL-GND",
        ("motion sensor", "OUT") => "T1.PIR-OUT",
        ("motion sensor", "VCC") => "T1.PIR-5V",
        ("motion sensor", _) => "T1.PIR-GND",
        _ => "Q1.G",
    };

    private static bool IsJoined(string one, string other, string value) => Parts
        .Where(part => part.Value == ("axial", value)).Select(part => (NetOf[$"{part.Key}.1"], NetOf[$"{part.Key}.2"]))
        .Any(ends => ends == (one, other) || ends == (other, one));

    /// <summary>As the list of parts writes it: "1000" is "1k".</summary>
    private static string Written(string value) => value == "1000" ? "1k" : value;

    [GeneratedRegex(@"[\d.]+k?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\(fp_text reference ""(?<name>\w+)""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\(pad ""(?<pin>[^""]+)"" thru_hole[^\n]*\n\s+\(net \d+ ""(?<net>[^""]+)""\)")]
    private static partial Regex Pad();
}

/// <summary>A test that needs KiCad's Python module. It is large; where it is not there, the test is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KiCadFactAttribute : FactAttribute
{
    /// <summary>Skips the test unless the module is there.</summary>
    public KiCadFactAttribute()
    {
        if (!File.Exists("/usr/lib/python3/dist-packages/pcbnew.py")) Skip = "needs the package kicad; apt-get install kicad";
    }
}
