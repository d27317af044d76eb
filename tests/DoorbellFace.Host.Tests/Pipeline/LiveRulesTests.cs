using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Doors;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>The rules of a door that runs, changed in their real file beside it.</summary>
public sealed class LiveRulesTests : IDisposable
{
    private const string Quiet = """{ "quiet": { "times": "0:00-24:00", "chime": "off" } }""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_change_counts_from_the_next_ring_and_a_broken_file_silences_nothing()
    {
        var rules = new FileRulesStorage(_folder.Root);
        await using var door = new FacelessDoor(SteadyTime.Of(TimeProvider.System), rules);

        Assert.NotNull((await door.RingAsync()).Says);

        rules.Write(Quiet);
        Assert.Null((await door.RingAsync()).Says);
        int before = door.Voice.Chimes;
        Assert.Null((await door.RingAsync()).Says);
        Assert.Equal(before, door.Voice.Chimes);

        rules.Write("{ this is no file of rules");
        Assert.NotNull((await door.RingAsync()).Says);
        before = door.Voice.Chimes;
        Assert.NotNull((await door.RingAsync()).Says);
        Assert.True(door.Voice.Chimes > before);

        await door.CloseAsync();
        Assert.Single(door.Voice.Said, said => said.Text.Contains("cannot read the rules", StringComparison.Ordinal));
        Assert.Equal(3, door.Voice.Said.Count(said => said.Visit is not null));
    }

    public void Dispose() => _folder.Dispose();
}
