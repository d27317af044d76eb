using DoorbellFace.Core.Imaging;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Dataset;

public sealed class FaceDatasetReaderTests : IDisposable
{
    private readonly DrawnFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_people_in_the_order_of_their_names()
    {
        _folder.Add("people", "Ben", 5).Add("people", "Anna", 10);
        Directory.CreateDirectory(_folder.In("people/.thumbnails"));

        FaceDataset dataset = Read();

        Assert.Equal(["Anna", "Ben"], dataset.Labels);
        Assert.Null(dataset.UnknownLabel);
        Assert.Equal(15, dataset.Crops.Count);
        Assert.Equal((6 + 3, 2 + 1, 2 + 1),
            (dataset.Of(Split.Train).Count, dataset.Of(Split.Validation).Count, dataset.Of(Split.Test).Count));
        Assert.Equal("people", dataset.Description.Name);
        Assert.Equal(10, dataset.Description.ImagesPerLabel["Anna"]);
        Assert.All(dataset.Crops, crop => Assert.Equal("48x48 Gray8", crop.Pixels.ToString()));
    }

    [Fact]
    public void Gives_strangers_the_last_label_and_never_the_same_stranger_in_two_parts()
    {
        _folder.Add("people", "Anna", 3);
        for (int i = 0; i < 5; i++) _folder.Add("strangers", $"stranger {i}", 4);

        FaceDataset dataset = Read(strangers: true);

        Assert.Equal(["Anna", "unknown"], dataset.Labels);
        Assert.Equal("unknown", dataset.UnknownLabel);
        // Five strangers of four pictures: whole people go to a part, three to training.
        Assert.Equal([12, 4, 4],
            ((Split[])[Split.Train, Split.Validation, Split.Test]).Select(part => dataset.Of(part).Count(crop => crop.Label == 1)));
    }

    [Fact]
    public void Takes_loose_pictures_of_strangers_too()
    {
        _folder.Add("people", "Anna", 3).Add("", "strangers", 7);

        Assert.Equal(7, Read(strangers: true).Description.ImagesPerLabel["unknown"]);
    }

    [Fact]
    public void Hashes_names_and_contents()
    {
        _folder.Add("people", "Anna", 3).Add("people", "Ben", 3);
        string before = Read().Description.Sha256;

        Assert.Equal(before, Read().Description.Sha256);
        File.Move(_folder.In("people/Ben/000.png"), _folder.In("people/Ben/other.png"));
        string renamed = Read().Description.Sha256;
        PictureFile.Write(_folder.In("people/Ben/other.png"), DrawnFolder.Draw("Ben", 99));
        string changed = Read().Description.Sha256;

        Assert.Equal(3, ((string[])[before, renamed, changed]).Distinct().Count());
    }

    [Fact]
    public void Pictures_in_folders_of_a_persons_folder_are_learnt_from_too_even_if_they_are_called_alike()
    {
        _folder.Add("people", "Anna", 3).Add("people/Anna", "2019", 3).Add("people/Ben/2020", "Summer", 4);
        File.CreateSymbolicLink(_folder.In("people/Ben/again.png"), _folder.In("people/Ben/2020/Summer/000.png"));

        FaceDataset dataset = Read();

        Assert.Equal(["Anna", "Ben"], dataset.Labels);
        Assert.Equal([6, 4], dataset.Labels.Select((_, label) => dataset.Crops.Count(crop => crop.Label == label)));
        Assert.Contains("second way", Assert.Single(dataset.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Skips_what_is_no_picture_and_says_so()
    {
        _folder.Add("people", "Anna", 4);
        File.WriteAllText(_folder.In("people/Anna/broken.jpg"), "this is not a picture");
        File.WriteAllText(_folder.In("people/Anna/notes.txt"), "not even called one");

        FaceDataset dataset = Read();

        Assert.Equal(4, dataset.Crops.Count);
        SkippedFile skipped = Assert.Single(dataset.Skipped);
        Assert.EndsWith("broken.jpg", skipped.Path, StringComparison.Ordinal);
        Assert.Contains("broken.jpg", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuts_the_middle_square_and_shrinks_what_is_large()
    {
        _folder.Add("people", "Anna", 2);
        var pixels = new byte[600 * 400];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i % 600 is < 97 or >= 503 ? 255 : 40);
        PictureFile.Write(_folder.In("people/Anna/wide.png"), new PixelBuffer(600, 400, PixelFormat.Gray8, pixels));

        PixelBuffer crop = Read().Crops.Single(crop => crop.Pixels.Width != 48).Pixels;

        Assert.Equal("256x256 Gray8", crop.ToString());
        // The bright sides lay outside the middle square.
        Assert.Equal(40, crop.Memory.ToArray().Max());
    }

    [Fact]
    public void Refuses_a_folder_that_is_not_there()
    {
        Assert.StartsWith($"There is no folder '{_folder.In("people")}'.", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_folder_without_people_and_counts_the_loose_pictures()
    {
        _folder.Add("", "people", 2);

        Assert.Contains("holds no person's folder, but 2 loose pictures. Expected one folder for each person", Refusal(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_person_with_fewer_than_three_usable_pictures()
    {
        _folder.Add("people", "Anna", 5).Add("people", "Ben", 2);
        Assert.StartsWith("'Ben' has 2 usable pictures; at least 3 are needed", Refusal(), StringComparison.Ordinal);

        File.WriteAllText(_folder.In("people/Ben/broken.png"), "");
        Assert.StartsWith("'Ben' has 2 usable pictures (1 could not be read: The file ", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_person_called_unknown_beside_strangers()
    {
        _folder.Add("people", "unknown", 3).Add("", "strangers", 3);

        Assert.Contains("has a folder named 'unknown', which is what strangers are called", Refusal(strangers: true),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_too_few_strangers()
    {
        _folder.Add("people", "Anna", 3).Add("", "strangers", 2);

        Assert.Contains("has usable pictures of 2 strangers; at least 3 are needed", Refusal(strangers: true), StringComparison.Ordinal);
    }

    private FaceDataset Read(bool strangers = false) =>
        FaceDatasetReader.Read(_folder.In("people"), strangers ? _folder.In("strangers") : null, gray: true, seed: 1);

    private string Refusal(bool strangers = false) => Assert.Throws<UserErrorException>(() => Read(strangers)).Message;
}
