using DoorbellFace.Application;
using DoorbellFace.Core.Faces;
using DoorbellFace.Measuring;
using DoorbellFace.Testing;
using Xunit;

namespace DoorbellFace.Measuring.Tests;

public sealed class LookAlikeSetsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbellface-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The rule is fixed for good: a photo that was looked at once never becomes a blind one.</summary>
    [Theory]
    [InlineData("female-asian-0001.jpg", "Blind")]
    [InlineData("female-asian-0002.jpg", "Blind")]
    [InlineData("male-black-0007.jpg", "Look")]
    public void A_web_photo_belongs_to_the_part_that_its_name_gives_it(string name, string part) =>
        Assert.Equal(part, LookAlikeSets.PartOf(name).ToString());

    [DataFact("webfaces")]
    public void Nobody_who_was_learnt_from_is_in_a_set_and_both_web_parts_share_nobody()
    {
        string data = MeasuringData.Find(".")!;
        IReadOnlyList<LookAlikeSet> look = LookAlikeSets.In(data, WebPart.Look), blind = LookAlikeSets.In(data, WebPart.Blind);

        Assert.Equal(["lfw15", "lfw15-web-look", "glint6-web-look", "glint6", "imfdb8", "fivecelebs"], look.Select(set => set.Name));
        Assert.Equal([15, 15, 6, 6, 8, 5], look.Select(set => set.People.Count));
        string[] Web(IReadOnlyList<LookAlikeSet> sets) => [.. sets[1].Strangers.Select(stranger => stranger.Name)];
        Assert.Empty(Web(look).Intersect(Web(blind)));
        Assert.Equal(1248, Web(look).Length + Web(blind).Length);
        HashSet<string> listed =
            [.. ((string[])["family15", "strangers1000", "glint-benchmark6"])
                .SelectMany(list => File.ReadAllLines(Path.Combine(data, "splits", list + ".txt")))];
        Assert.All(look.SelectMany(set => set.People.Concat(set.Strangers)).SelectMany(person => person.Photos), photo =>
        {
            string[] parts = Path.GetRelativePath(data, photo).Split(Path.DirectorySeparatorChar);
            Assert.True(parts[0] is "webfaces" or "imfdb8" or "fivecelebs" || listed.Contains(parts[^2]), photo);
        });
    }

    [Fact]
    public void Without_its_lists_there_is_no_benchmark() =>
        Assert.Contains("family15.txt", Assert.Throws<DoorbellException>(() => LookAlikeSets.In(_folder.FullName, WebPart.Look)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Faces_that_were_found_once_are_known_the_next_time()
    {
        string path = Path.Combine(_folder.FullName, "faces.jsonl");
        FaceLandmarks face = FaceAlignment.Landmarks(97);
        using (var first = new FoundFaces(path))
        {
            Assert.Equal(face, first.In("a.jpg", null, 0, () => face));
            Assert.Null(first.In("a.jpg", 56, 1, () => null));
        }
        using var second = new FoundFaces(path);

        Assert.Equal(face, second.In("a.jpg", null, 0, () => throw new InvalidOperationException("It was looked for again.")));
        Assert.Null(second.In("a.jpg", 56, 1, () => throw new InvalidOperationException("It was looked for again.")));
        Assert.Equal(face, second.In("a.jpg", 56, 0, () => face));
    }

    [Fact]
    public void Half_a_line_of_a_run_that_was_killed_is_looked_for_again_and_the_rest_is_known()
    {
        string path = Path.Combine(_folder.FullName, "faces.jsonl");
        FaceLandmarks face = FaceAlignment.Landmarks(97);
        using (var first = new FoundFaces(path))
        {
            first.In("ä.jpg", null, 0, () => face);
            first.In("b.jpg", null, 0, () => face);
        }
        File.WriteAllText(path, File.ReadAllText(path)[..^20]);
        using (var second = new FoundFaces(path))
        {
            Assert.Equal(face, second.In("ä.jpg", null, 0, () => throw new InvalidOperationException("It was looked for again.")));
            Assert.Equal(face, second.In("b.jpg", null, 0, () => face));
            Assert.Contains(path, Assert.Throws<DoorbellException>(() => new FoundFaces(path)).Message, StringComparison.Ordinal);
        }
        using var third = new FoundFaces(path);

        Assert.Equal(face, third.In("b.jpg", null, 0, () => throw new InvalidOperationException("It was looked for again.")));
    }

    [Fact]
    public void A_file_of_faces_that_is_none_is_refused()
    {
        string path = Path.Combine(_folder.FullName, "faces.jsonl");
        File.WriteAllText(path, "not json\n");

        Assert.Contains("another file", Assert.Throws<DoorbellException>(() => new FoundFaces(path)).Message, StringComparison.Ordinal);
    }
}
