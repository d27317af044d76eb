using System.Text.RegularExpressions;

namespace DoorbellFace.Firmware.Tests;

/// <summary>Which parts of the sketch and of its simulator know which: what a file includes.</summary>
public partial class ArrowTests
{
    /// <summary>Rooms of the sketch, each with those it may know; itself and config.h aside.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["app"] = ["capture", "sensor", "link", "button", "board"], ["capture"] = ["sensor", "link", "board"], ["sensor"] = ["board"],
            ["link"] = [], ["button"] = [], ["board"] = ["link"],
    };

    [Fact]
    public void A_room_of_the_sketch_knows_only_what_is_below_it()
    {
        string source = Path.Combine(FirmwareBuild.Folder, "doorbell_cam", "src");
        (string Room, string Knows)[] arrows =
            [.. Directory.EnumerateFiles(source, "*.*", SearchOption.AllDirectories).SelectMany(file => Included(file)
            .Select(other => Path.GetRelativePath(source, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, other))))
            .Where(other => !other.StartsWith("..", StringComparison.Ordinal))
            .Select(other => (Room(Path.GetRelativePath(source, file)), Room(other))))];

        Assert.Contains(("capture", "board"), arrows);
        Assert.All(arrows.Where(arrow => arrow.Room != arrow.Knows), arrow => Assert.Contains(arrow.Knows, Rooms[arrow.Room]));

        static string Room(string path) => path.Split('/')[0];
    }

    /// <summary>Each part of the simulator can be understood, and tested, with what it includes and nothing else.</summary>
    [Fact]
    public void The_simulators_parts_know_each_other_in_one_direction_only()
    {
        string folder = Path.Combine(FirmwareBuild.Folder, "simulator");
        Dictionary<string, HashSet<string>> knows = Directory.EnumerateFiles(folder)
            .Where(file => file.EndsWith(".c", StringComparison.Ordinal) || file.EndsWith(".h", StringComparison.Ordinal))
            .GroupBy(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(
            part => part.Key, part =>
                part.SelectMany(Included).Select(file => Path.GetFileNameWithoutExtension(file)).Where(other => other != part.Key)
                    .ToHashSet());
        Assert.True(knows.Count >= 9);

        while (knows.FirstOrDefault(part => part.Value.All(other => !knows.ContainsKey(other))).Key is { } leaf) knows.Remove(leaf);

        Assert.Empty(knows); // what is left knows itself by way of others
    }

    private static IEnumerable<string> Included(string file) =>
        Include().Matches(File.ReadAllText(file)).Select(line => line.Groups["file"].Value);

    [GeneratedRegex(@"^#include ""(?<file>[^""]+)""", RegexOptions.Multiline)]
    private static partial Regex Include();
}
