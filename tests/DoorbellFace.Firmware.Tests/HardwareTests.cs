using System.Globalization;
using System.Text.RegularExpressions;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>What is written for people cannot disagree with what is compiled: pins, wiring, log codes.</summary>
public partial class HardwareTests
{
    private static string Hardware(string name) => Path.Combine(Repository.Root, "hardware", name);

    [Fact]
    public void The_pin_table_is_the_sketchs_own()
    {
        string header = File.ReadAllText(Path.Combine(Repository.Root, "firmware", "doorbell_cam", "src", "board", "atmega328p", "pins.h"));
        string[] inSketch = [.. PinLine().Matches(header).Select(line =>
        {
            Assert.EndsWith(line.Groups["bit"].Value, line.Groups["port"].Value, StringComparison.Ordinal); // PB3 is bit 3
            return $"{line.Groups["name"]} {line.Groups["board"]} {line.Groups["port"]} {line.Groups["direction"]}";
        }).Order()];
        string[] inTable =
            [.. File.ReadLines(Hardware("pinout.csv")).Skip(1).Select(line => line.Split(',')).Where(cells => cells[0] != "-")
            .Select(cells => $"{cells[0]} {cells[1]} {cells[2]} {cells[3]}").Order()];

        Assert.Equal(18, inSketch.Length);
        Assert.Equal(inSketch, inTable);
    }

    [Fact]
    public void No_pin_is_used_twice()
    {
        string[] pins =
            [.. File.ReadLines(Hardware("pinout.csv")).Skip(1).Select(line => line.Split(',')).Where(cells => cells[0] != "-")
                .Select(cells => cells[2])];

        Assert.Equal(pins.Distinct(), pins);
        Assert.DoesNotContain("PD0", pins); // the serial line's own
        Assert.DoesNotContain("PD1", pins);
    }

    [Fact]
    public void Drawing_and_table_are_made_from_the_pin_table()
    {
        string script = $"'{Hardware("draw-wiring")}' {{0}} < '{Hardware("pinout.csv")}'";

        Assert.Equal(FirmwareBuild.Run("sh", "-c", script.Replace("{0}", "svg", StringComparison.Ordinal)),
            File.ReadAllText(Hardware("wiring.svg")));
        Assert.Equal(FirmwareBuild.Run("sh", "-c", script.Replace("{0}", "header", StringComparison.Ordinal)),
            File.ReadAllText(Hardware("camera-header.svg")));
        foreach (string name in (string[])["table", "header-table"])
        {
            string table = FirmwareBuild.Run("sh", "-c", script.Replace("{0}", name, StringComparison.Ordinal));
            Assert.Contains($"<!-- {name} -->\n{table}<!-- /{name} -->", File.ReadAllText(Hardware("wiring.md")), StringComparison.Ordinal);
        }
    }

    /// <summary>Every pin of the module has its place, and every wire to it a pin.</summary>
    [Fact]
    public void The_cameras_header_has_exactly_the_wires_pins()
    {
        string[] header = [.. File.ReadLines(Hardware("camera-header.csv")).Skip(1).SelectMany(line => line.Split(',')[1..])];
        string[] wired = [.. File.ReadLines(Hardware("pinout.csv")).Select(line => line.Split(',')).Where(cells => cells[4] == "camera")
            .Select(cells => cells[5])];

        Assert.Equal(18, header.Length);
        Assert.Equal(wired.Order(StringComparer.Ordinal), header.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("c", "firmware/doorbell_cam/src/app/log_codes.h")]
    [InlineData("cs", "host/DoorbellFace.Core/Link/LogCode.cs")]
    public void The_log_codes_of_both_ends_are_those_of_the_published_list(string language, string file) =>
        Assert.Equal(FirmwareBuild.Run(Path.Combine(FirmwareBuild.Folder, "generate-log-codes"), language),
            File.ReadAllText(Path.Combine(Repository.Root, file)));

    [Fact]
    public void Every_log_code_fits_its_packet_and_says_what_to_do()
    {
        string[][] codes = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "log-codes.csv")).Skip(1).Select(Cells)];

        Assert.True(codes.Length > 10);
        Assert.All(codes, cells => Assert.Equal(5, cells.Length));
        Assert.All(codes, cells => Assert.InRange(cells[3].Length, 1, LogPacket.MaxTextLength - 5)); // a number of five digits may follow
        Assert.All(codes, cells => Assert.NotEmpty(cells[4]));
        Assert.Equal(codes.Select(cells => cells[0]).Distinct(), codes.Select(cells => cells[0]));
    }

    /// <summary>The arithmetic that the modes rest on, as the comment in modes.h shows it.</summary>
    [Fact]
    public void The_table_of_modes_adds_up()
    {
        int[] bauds = ModeTable.Bauds;
        int lines = 0;
        foreach (Match line in ModeLine().Matches(ModeTable.Header))
        {
            int mode = lines++;
            int bytesOfRow = ModeTable.RowBytes(mode) + ModeTable.PacketBytesPerRow;
            for (int i = 0; i < bauds.Length; i++)
            {
                int divider = ModeTable.Divider(bauds[i], mode), row = (ModeTable.IsQvga(mode) ? 6_272 : 12_544) * (divider + 1),
                    onWire = bytesOfRow * (160_000_000 / bauds[i]);
                Assert.Equal((divider, row, onWire), (Number(line, "n", i), Number(line, "row", i), Number(line, "wire", i)));
            }
        }
        Assert.Equal(ModeTable.Names.Length, lines);

        static int Number(Match line, string name, int index) =>
            int.Parse(line.Groups[name].Captures[index].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static string[] Cells(string line) =>
        [.. Cell().Matches(line).Select(cell => cell.Groups["quoted"].Success ? cell.Groups["quoted"].Value : cell.Groups["plain"].Value)];

    [GeneratedRegex(@"^#define PIN_(?<name>\w+)\s+(?<bit>\d)\s+// (?<board>\w+)\s+(?<port>\w+)\s+(?<direction>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex PinLine();

    [GeneratedRegex(@"^//\s+Q+VGA (?:gray|colour|compressed)(?:\s+n\s+(?<n>\d+)\s+(?<row>[\d,]+) /\s+(?<wire>[\d,]+)){3}$",
        RegexOptions.Multiline)]
    private static partial Regex ModeLine();

    [GeneratedRegex(@"(?:^|,)(?:""(?<quoted>[^""]*)""|(?<plain>[^,]*))")]
    private static partial Regex Cell();
}
