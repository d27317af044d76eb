using System.Text.Json;
using DoorbellFace.Host.Commands;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Tests.Commands;

[Collection(nameof(StandardOutput))]
public class DrawPeopleCommandTests
{
    [Fact]
    public void Each_person_gets_a_folder_and_each_stranger_one_beside_it()
    {
        using var folder = new TemporaryFolder();

        JsonElement drawn = StandardOutput.JsonOf(
            DrawPeopleCommand.Create(), folder["out"], "--photos", "2", "--strangers", "3", "--size", "80x64", "--json");

        Assert.Equal(["Anna", "Ben", "Clara", "David"], drawn.GetProperty("people").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(
            ["Anna/001.png", "Anna/002.png", "Ben/001.png", "Ben/002.png", "Clara/001.png", "Clara/002.png", "David/001.png",
                "David/002.png"],
            Files(folder["out"]));
        Assert.Equal(["Stranger-0001/001.png", "Stranger-0002/001.png", "Stranger-0003/001.png"], Files(folder["out-strangers"]));
        Assert.Equal((80, 64), (PictureFile.Read(folder["out/Ben/001.png"]).Width, PictureFile.Read(folder["out/Ben/001.png"]).Height));
    }

    [Fact]
    public void The_same_seed_gives_the_same_files_and_no_two_photos_are_alike()
    {
        using var folder = new TemporaryFolder();
        foreach ((string name, string seed) in (ReadOnlySpan<(string, string)>)[("a", "5"), ("b", "5"), ("c", "6")])
            StandardOutput.Of(DrawPeopleCommand.Create(), folder[name], "--people", "2", "--photos", "2", "--strangers", "2", "--seed",
                seed, "--size", "64x64");

        Assert.Equal(Contents(folder["a"]), Contents(folder["b"]));
        Assert.Equal(Contents(folder["a-strangers"]), Contents(folder["b-strangers"]));
        Assert.Empty(Contents(folder["a"]).Concat(Contents(folder["a-strangers"]))
            .Intersect(Contents(folder["c"]).Concat(Contents(folder["c-strangers"]))));
        Assert.Equal(6, Contents(folder["a"]).Concat(Contents(folder["a-strangers"])).Distinct().Count());
    }

    [Fact]
    public void Strangers_for_measuring_are_others_than_those_for_training()
    {
        using var folder = new TemporaryFolder();
        foreach (string use in (ReadOnlySpan<string>)["training", "measuring", "visitors"])
            StandardOutput.Of(DrawPeopleCommand.Create(), folder[use], "--people", "1", "--photos", "1", "--strangers", "1",
                "--strangers-for", use, "--size", "64x64");

        Assert.Equal(3,
            Contents(folder["training-strangers"]).Concat(Contents(folder["measuring-strangers"]))
            .Concat(Contents(folder["visitors-strangers"])).Distinct().Count());
    }

    [Fact]
    public void Photos_are_never_mixed_with_what_is_there()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["letter.txt"], "mine");

        UserErrorException error =
            Assert.Throws<UserErrorException>(() => StandardOutput.Of(DrawPeopleCommand.Create(), folder.Root, "--photos", "1"));

        Assert.Contains("is not empty", error.Message, StringComparison.Ordinal);
        Assert.Equal([folder["letter.txt"]], Directory.GetFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData("--size", "320")]
    [InlineData("--size", "9x9")]
    [InlineData("--people", "nobody")]
    [InlineData("--people", "0")]
    [InlineData("--photos", "0")]
    [InlineData("--strangers", "-1")]
    [InlineData("--seed", "-1")]
    public void A_wrong_value_is_named_and_nothing_is_drawn(string option, string value)
    {
        using var folder = new TemporaryFolder();

        UserErrorException error =
            Assert.Throws<UserErrorException>(() => StandardOutput.Of(DrawPeopleCommand.Create(), folder["out"], option, value));

        Assert.Equal(ExitCode.WrongUsage, error.ExitCode);
        Assert.StartsWith($"{option} is", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal);

    private static List<string> Contents(string folder) =>
        [.. Files(folder).Select(file => Convert.ToHexString(File.ReadAllBytes(Path.Combine(folder, file))))];
}
