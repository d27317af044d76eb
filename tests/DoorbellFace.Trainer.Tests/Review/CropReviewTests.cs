using System.Text.RegularExpressions;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Review;

namespace DoorbellFace.Trainer.Tests.Review;

public sealed class CropReviewTests : IDisposable
{
    private const float Accept = 0.45f;

    private readonly DrawnFolder _folder = new();

    private string Faces => _folder.In("faces");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_what_is_anothers_what_is_unlike_and_what_is_no_face()
    {
        ReviewedCrop[] crops =
        [
            .. Enumerable.Range(0, 6).Select(i => Crop("Anna", i, axis: 0)), .. Enumerable.Range(0, 6).Select(i => Crop("Ben", i, axis: 1)),
            Crop("Anna", 10, axis: 1), Crop("Anna", 11, axis: 1), Crop("Ben", 12, axis: 5), new ReviewedCrop("Ben/13.png", "Ben", null),
        ];

        IReadOnlyList<CropSuggestion> suggestions = CropReview.Suggest(crops, Accept);

        Assert.Equal(
            [("Anna/10.png", CropFault.OtherPerson, "Ben"), ("Anna/11.png", CropFault.OtherPerson, "Ben"),
                ("Ben/12.png", CropFault.Unlike, null), ("Ben/13.png", CropFault.NoFace, null)],
            suggestions.Select(suggestion => (suggestion.Crop, suggestion.Fault, suggestion.LooksLike)));
        Assert.Matches(@"^it looks more like Ben \(0\.\d\d\) than like Anna \(-?0\.\d\d\)$", suggestions[0].Reason);
    }

    [Fact]
    public void Says_nothing_of_right_crops_even_of_someone_with_two() =>
        Assert.Empty(CropReview.Suggest([Crop("Anna", 0, 0), Crop("Anna", 1, 0), Crop("Ben", 0, 1), Crop("Ben", 1, 1)], Accept));

    [Fact]
    public void Sets_aside_what_is_on_the_list_and_brings_it_back()
    {
        _folder.Add("faces", "Anna", 4).Add("faces", "Ben", 3);
        var files = new ReviewFiles(Faces);
        Assert.Throws<UserErrorException>(files.Read);
        string[] before = Listing(Faces);
        CropSuggestion[] suggestions =
            [new("Anna/001.png", CropFault.Unlike, "it is odd"),
                new("Ben/000.png", CropFault.OtherPerson, "it is Anna") { LooksLike = "Anna" }];
        files.Write([.. before.Select(path => new ReviewedCrop(path, Path.GetDirectoryName(path)!, null))], suggestions);
        Assert.Equal(suggestions, files.Read());
        string page = File.ReadAllText(files.Page);
        // The marked ones first, each with what it shows and what is wrong; then everybody's.
        Assert.Equal(
            ["Face of Anna; it is odd", "Face of Ben; it is Anna", "Face of Anna; it is odd", "Face of Anna", "Face of Anna",
                "Face of Anna", "Face of Ben; it is Anna", "Face of Ben", "Face of Ben"],
            Regex.Matches(page, "alt=\"([^\"]*)\"").Select(match => match.Groups[1].Value));
        Assert.Contains("2 of 7 faces look wrong. They stand first.", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"viewport\"", page, StringComparison.Ordinal);
        Assert.Contains("<main><h1>", page, StringComparison.Ordinal);

        Assert.Equal(["Anna/001.png", "Ben/000.png"], files.SetAside());
        Assert.Equal(before.Except(["Anna/001.png", "Ben/000.png"]), Listing(Faces));
        Assert.Equal(["Anna/001.png", "Ben/000.png"], Listing(files.SetAsideFolder));
        // Once more: what is no longer there is passed over.
        Assert.Empty(files.SetAside());

        Assert.Equal(["Anna/001.png", "Ben/000.png"], files.BringBack());
        Assert.Equal(before, Listing(Faces));
        Assert.False(Directory.Exists(files.SetAsideFolder));
    }

    [Fact]
    public void Overwrites_nothing_and_reaches_for_nothing_outside_of_the_faces()
    {
        _folder.Add("faces", "Anna", 2);
        var files = new ReviewFiles(Faces);
        files.Write([], [new("Anna/001.png", CropFault.Unlike, "")]);
        files.SetAside();
        File.WriteAllText(Path.Combine(Faces, "Anna", "001.png"), "another one");
        Assert.Contains("is there again", Assert.Throws<UserErrorException>(() => files.BringBack()).Message, StringComparison.Ordinal);
        Assert.Equal("another one", File.ReadAllText(Path.Combine(Faces, "Anna", "001.png")));

        File.WriteAllText(_folder.In("diary.txt"), "mine");
        files.Write([], [new("../diary.txt", CropFault.Unlike, "")]);
        Assert.Throws<UserErrorException>(() => files.SetAside());
        Assert.True(File.Exists(_folder.In("diary.txt")));
    }

    private static string[] Listing(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.png", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal)];

    private static ReviewedCrop Crop(string person, int number, int axis)
    {
        var random = new Random((axis * 100) + number);
        float[] values = [.. Enumerable.Range(0, 32).Select(i => (i == axis ? 1 : 0) + (0.1f * (float)(random.NextDouble() - 0.5)))];
        return new ReviewedCrop($"{person}/{number}.png", person, Embedding.Of(values));
    }
}
