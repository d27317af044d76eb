using System.Text.Json.Nodes;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// Recorded streams through the real program: link, cascade, the shipped model, visits. tests/fixtures/recordings/README.md says where the
/// recordings come from.
/// </summary>
public class ReplayTests
{
    private static readonly string Model = Path.Combine(Repository.Root, "models", "drawn-family");

    [Fact]
    public async Task Two_visitors_are_answered_for()
    {
        using RunningHost host = Replay(Repository.Fixture("recordings/two-visitors.dbr"));

        Assert.Equal(0, await host.WaitForEndAsync());

        JsonNode[] visits = [.. host.Lines.Where(line => Name(line) == "visit_ended").Select(line => line["visit"]!)];
        Assert.Collection(
            visits,
            first => Assert.Equal(("known", "Anna"), (Text(first, "outcome"), Text(first, "name"))),
            second => Assert.Equal("unknown", Text(second, "outcome")));
        Assert.Equal(["Anna is at the door.", "Someone I don't know is at the door."],
            host.Lines.Where(line => Name(line) == "visitor_identified").Select(line => Text(line, "says")));
    }

    [Fact]
    public async Task The_same_recording_gives_the_same_events()
    {
        async Task<string[]> EventsAsync()
        {
            using RunningHost host = Replay(Repository.Fixture("recordings/two-visitors.dbr"));
            await host.WaitForEndAsync();
            return [.. host.Lines.Where(line => Name(line) != "end").Select(line => line.ToJsonString())];
        }

        string[] first = await EventsAsync();

        Assert.NotEmpty(first);
        Assert.Equal(first, await EventsAsync());
    }

    [Theory]
    [InlineData(0.35)]
    [InlineData(0.8)]
    public async Task A_recording_that_was_cut_is_played_up_to_the_cut(double part)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = await File.ReadAllBytesAsync(Repository.Fixture("recordings/two-visitors.dbr"));
        await File.WriteAllBytesAsync(folder["cut.dbr"], whole[..(int)(whole.Length * part)]);
        using RunningHost host = Replay(folder["cut.dbr"]);

        Assert.Equal(0, await host.WaitForEndAsync());

        Assert.True(host.Lines.Single(line => Name(line) == "end")["was_cut"]!.GetValue<bool>());
        Assert.Contains(host.Lines, line => Name(line) == "visitor_identified" && Text(line["visit"]!, "name") == "Anna");
    }

    [Fact]
    public async Task What_is_no_recording_is_refused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["notes.txt"], "These are my notes, and no recording at all.");
        using RunningHost host = Replay(folder["notes.txt"]);

        Assert.Equal(3, await host.WaitForEndAsync());
    }

    private static RunningHost Replay(string file) => RunningHost.Start("replay", file, "--model", Model, "--json");

    private static string Name(JsonObject line) => line["event"]!.GetValue<string>();

    private static string? Text(JsonNode node, string field) => node[field]?.GetValue<string>();
}
