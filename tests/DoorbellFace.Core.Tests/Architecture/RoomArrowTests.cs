using System.Text.RegularExpressions;

namespace DoorbellFace.Core.Tests.Architecture;

/// <summary>Which room (folder) may use which, inside Core, Application, Adapters, Home, Gpio and Web (docs/architecture.md).</summary>
public class RoomArrowTests
{
    private static readonly Dictionary<string, Dictionary<string, string[]>> Rooms = new()
    {
        ["DoorbellFace.Core"] = new()
        {
            ["Imaging"] = [],
            ["Statistics"] = [],
            ["Languages"] = [],
            ["Identity"] = [],
            ["Link"] = ["Imaging"],
            ["Faces"] = ["Imaging"],
            ["Models"] = ["Imaging"],
            ["Recognition"] = ["Faces", "Imaging", "Identity", "Models"],
            ["Classification"] = ["Recognition", "Faces", "Imaging", "Models"],
            ["People"] = ["Recognition", "Faces", "Imaging", "Identity", "Models", "Languages"],
            ["Visits"] = ["Recognition", "Faces", "Imaging", "Identity"],
            ["Announcements"] = ["Visits", "Identity", "Languages"],
            ["Rules"] = ["Announcements", "Visits", "Identity", "Languages"],
        },
        ["DoorbellFace.Application"] = new()
        {
            ["Models"] = [],
            ["Speaking"] = [],
            ["Page"] = [],
            ["Rules"] = [],
            ["Wall"] = [],
            ["Faces"] = [],
            // A visit log subscribes to the door; people and visits refer to each other by id.
            ["Visits"] = ["Doors", "People"],
            ["People"] = ["Doors", "Faces", "Rules", "Speaking", "Visits"],
            ["Doors"] = ["Faces", "Models", "People", "Rules", "Speaking", "Wall"],
            ["Training"] = ["Models", "People", "Visits"],
        },
        ["DoorbellFace.Adapters"] = new()
        {
            ["Files"] = [],
            ["Processes"] = [],
            ["Decoding"] = ["Processes"],
            ["Serial"] = ["Files"],
            ["Speech"] = ["Files", "Processes"],
            ["Training"] = ["Files", "Processes"],
            ["Storage"] = ["Files"],
            ["LocalSocket"] = ["Files"],
        },
        ["DoorbellFace.Home"] = new()
        {
            ["Mqtt"] = [],
            ["Notifications"] = [],
            ["Traces"] = [],
        },
        ["DoorbellFace.Gpio"] = new()
        {
            ["Display"] = [],
        },
        ["DoorbellFace.Web"] = new()
        {
            ["Words"] = [],
            ["Pages"] = ["Safety", "Words"],
            // Which status an error has is the same for a page and a program.
            ["Api"] = ["Safety"],
            // What goes wrong is a page as well.
            ["Safety"] = ["Pages", "Words"],
        },
    };

    public static TheoryData<string, string> Named
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string project, Dictionary<string, string[]> rooms) in Rooms)
                foreach (string room in rooms.Keys) data.Add(project, room);
            return data;
        }
    }

    [Theory]
    [InlineData("DoorbellFace.Core")]
    [InlineData("DoorbellFace.Application")]
    [InlineData("DoorbellFace.Adapters")]
    [InlineData("DoorbellFace.Home")]
    [InlineData("DoorbellFace.Gpio")]
    [InlineData("DoorbellFace.Web")]
    public void Every_room_is_in_the_table(string project) => Assert.Empty(RoomsOf(project).Except(Rooms[project].Keys));

    [Theory]
    [MemberData(nameof(Named))]
    public void A_room_uses_only_the_rooms_that_the_table_allows(string project, string room) =>
        Assert.Empty(RoomsUsed(project, room).Except([room, .. Rooms[project][room]]));

    /// <summary>
    /// What people type and what a terminal shows is known to the terminal alone; a page and a voice have words of their own.
    /// </summary>
    [Theory]
    [InlineData("DoorbellFace.Core")]
    [InlineData("DoorbellFace.Application")]
    [InlineData("DoorbellFace.Adapters")]
    [InlineData("DoorbellFace.Home")]
    [InlineData("DoorbellFace.Gpio")]
    [InlineData("DoorbellFace.Web")]
    [InlineData("DoorbellFace.Vision")]
    [InlineData("DoorbellFace.OpenCv")]
    [InlineData("DoorbellFace.Measuring")]
    public void Below_the_terminal_nobody_speaks_of_commands_or_consoles(string project)
    {
        var wrong =
            from path in Sources(project, "")
            from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
            where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && TerminalWords().IsMatch(line.Text)
            select $"{Path.GetFileName(path)}:{line.Number}: {line.Text.Trim()}";

        Assert.Empty(wrong);
    }

    private static Regex TerminalWords() => new(@"(?<!\w)Console\.|ExitCode\.|\./doorbell |UserErrorException");

    private static IEnumerable<string> RoomsOf(string project) =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "host", project))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetFileName(folder)!);

    private static IEnumerable<string> RoomsUsed(string project, string room)
    {
        Regex mention = Mention(project);
        return Sources(project, room).SelectMany(path => mention.Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
            .Where(name => RoomsOf(project).Contains(name))
            .Distinct();
    }

    private static IEnumerable<string> Sources(string project, string room)
    {
        string folder = Path.Combine(Repository.Root, "host", project, room);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories) : [];
    }

    /// <summary>
    /// A room by its full name, or by its own as a namespace ("Link.PacketDecoder"), which C# allows inside the same project.
    /// </summary>
    private static Regex Mention(string project) =>
        new($@"(?:\b{Regex.Escape(project)}\.|(?<![\w.""]))({string.Join('|', RoomsOf(project))})\b(?:\.[A-Z]|;)");
}
