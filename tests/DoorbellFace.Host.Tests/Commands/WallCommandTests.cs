using System.Text.Json;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Commands;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>The commands about the faces on the wall, as they are typed.</summary>
[Collection(nameof(StandardOutput))]
public sealed class WallCommandTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_any_that_is_what_is_said()
    {
        Assert.Equal("No face on the wall has been learnt.", Run("show"));
        Assert.Equal("No face on the wall has been learnt.",
            Assert.Throws<DoorbellException>(() => Run("forget", "1")).Message);
    }

    [Fact]
    public void They_are_listed_where_they_hang_and_forgotten_by_their_number()
    {
        Hang((0.1f, 0.1f), (0.5f, 0.35f), (0.9f, 0.4f));

        Assert.Equal(["1: top left of the picture, learnt on 2026-11-28", "2: middle of the picture, learnt on 2026-11-28",
            "3: right of the picture, learnt on 2026-11-28"], Run("show").Split('\n'));
        Assert.Equal("1 face on the wall is forgotten.", Run("forget", "2"));
        JsonElement left = StandardOutput.JsonOf(WallCommand.Create(), "show", "--json", "--data", _folder.Root);
        Assert.Equal(["top left of the picture", "right of the picture"],
            left.EnumerateArray().Select(one => one.GetProperty("where").GetString()));
        Assert.Contains("there are 2", Assert.Throws<DoorbellException>(() => Run("forget", "3")).Message, StringComparison.Ordinal);
        Assert.Contains("expected a number", Assert.Throws<UserErrorException>(() => Run("forget", "both")).Message,
            StringComparison.Ordinal);
        Assert.Equal("2 faces on the wall are forgotten.", Run("forget", "all"));
    }

    [Fact]
    public void A_file_that_is_something_else_is_named_with_what_to_do()
    {
        File.WriteAllText(_folder["wall.json"], "something else");

        string complaint = Assert.Throws<DoorbellException>(() => Run("show")).Message;

        Assert.Contains(_folder["wall.json"], complaint, StringComparison.Ordinal);
        Assert.Contains("have the wall learnt again", complaint, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Hang(params (float X, float Y)[] places) =>
        new FileWallStorage(_folder.Root).Write(WallPicturesJson.Write(new WallPictures([.. places.Select(place =>
            new WallPicture(place.X, place.Y, 0.1f, Embedding.Of([1, 2, 3]), Noon))])));

    private string Run(params string[] words) => StandardOutput.Of(WallCommand.Create(), [.. words, "--data", _folder.Root]);
}
