using System.Text.RegularExpressions;

namespace DoorbellFace.Core.Tests.Architecture;

/// <summary>Which room (folder) may use which, inside Core and inside Host (docs/architecture.md).</summary>
public class RoomArrowTests
{
    private static readonly Dictionary<string, string[]> CoreRooms = new()
    {
        ["Imaging"] = [],
        ["Measurement"] = [],
        ["Link"] = ["Imaging"],
        ["Faces"] = ["Imaging"],
        ["Recognition"] = ["Faces", "Imaging"],
        ["Visits"] = ["Recognition", "Faces", "Imaging"],
        ["Announcements"] = ["Visits"],
    };

    /// <summary>Rooms of the host that join others; every other folder is an adapter and may use no other room of the host.</summary>
    private static readonly string[] JoiningRooms = ["Commands", "Pipeline", "Evaluation"];

    public static TheoryData<string> CoreRoomNames => [.. CoreRooms.Keys];

    [Fact]
    public void Every_room_of_Core_is_in_the_table() =>
        Assert.Equal(CoreRooms.Keys.Order(), RoomsOf("DoorbellFace.Core").Order());

    [Theory]
    [MemberData(nameof(CoreRoomNames))]
    public void A_room_of_Core_uses_only_the_rooms_below_it(string room) =>
        Assert.Empty(RoomsUsed("DoorbellFace.Core", room).Except([room, .. CoreRooms[room]]));

    [Fact]
    public void Adapters_of_the_host_do_not_use_each_other()
    {
        IEnumerable<string> wrong =
            from room in RoomsOf("DoorbellFace.Host").Except(JoiningRooms)
            from used in RoomsUsed("DoorbellFace.Host", room)
            where used != room
            select $"{room} uses {used}";

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> RoomsOf(string project) =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "host", project))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetFileName(folder)!);

    private static IEnumerable<string> RoomsUsed(string project, string room)
    {
        Regex mention = Mention(project);
        return Directory.EnumerateFiles(Path.Combine(Repository.Root, "host", project, room), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => mention.Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
            .Where(name => RoomsOf(project).Contains(name))
            .Distinct();
    }

    /// <summary>A room by its full name, or by its own as a namespace ("Link.PacketDecoder"), which C# allows inside the same project.</summary>
    private static Regex Mention(string project) =>
        new($@"(?:\b{Regex.Escape(project)}\.|(?<![\w.""]))({string.Join('|', RoomsOf(project))})\b(?:\.[A-Z]|;)");
}
