using System.Security.Cryptography;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Dataset;

/// <summary>Real detection on drawn people.</summary>
public sealed class FacePreparationTests : IClassFixture<FacePreparationTests.DrawnPhotos>, IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("doorbell-prepare-");
    private readonly LoadedFaceFinder _finder = LoadedFaceFinder.Load();

    public FacePreparationTests(DrawnPhotos drawn)
    {
        foreach (string path in Directory.GetFiles(drawn.Folder.FullName, "*", SearchOption.AllDirectories))
            File.Copy(path, Photo(Path.GetRelativePath(drawn.Folder.FullName, path)));
    }

    private string Photos => Path.Combine(_root.FullName, "photos");

    private string Output => Path.Combine(_root.FullName, "faces");

    public void Dispose()
    {
        _finder.Dispose();
        _root.Delete(recursive: true);
    }

    [Fact]
    public void Cuts_the_face_out_of_each_photo_and_says_where_there_is_none()
    {
        IReadOnlyList<PreparedPhoto> done = Run();

        Assert.Equal(
            [("Anna/1.png", PhotoOutcome.Face), ("Anna/large.jpg", PhotoOutcome.Face), ("Ben/broken.jpg", PhotoOutcome.Unreadable),
                ("Ben/tilted.png", PhotoOutcome.Face), ("Ben/wall.png", PhotoOutcome.NoFace)],
            done.Select(photo => (photo.Photo, photo.Outcome)));
        Assert.Equal(["Anna/1.png", "Anna/large.png", null, "Ben/tilted.png", null], done.Select(photo => photo.Crop));
        Assert.All(done.Where(photo => photo.Crop is not null), photo =>
            Assert.Equal("256x256 Rgb24", PictureFile.Read(Crop(photo.Crop!)).ToString()));
        // A large photo is searched small, and cut from as it is.
        Assert.InRange(done[1].FaceEdgePixels!.Value, 2.1 * done[0].FaceEdgePixels!.Value, 2.9 * done[0].FaceEdgePixels!.Value);
        Assert.InRange(done[3].AngleDegrees!.Value, 75, 105);
        Assert.Contains("broken.jpg", done[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Photos_in_folders_of_a_persons_folder_are_the_persons_and_what_is_passed_over_is_told()
    {
        foreach (string name in (string[])["Clara/2019/1.png", "Clara/2020/Summer/2.png", "Clara/raw.nef"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Photo(name))!);
            File.Copy(Photo("Anna/1.png"), Photo(name));
        }
        Directory.CreateDirectory(Photo("Dora"));

        var preparation = new FacePreparation(Photos, Output, _finder, PreprocessorSettings.ImageNetGray(112));
        IReadOnlyList<PreparedPhoto> done = preparation.Run(() => { }, CancellationToken.None);

        Assert.Equal(["Clara/2019/1.png", "Clara/2020/Summer/2.png"],
            done.Where(photo => photo.Person == "Clara").Select(photo => photo.Photo));
        Assert.Equal(
            ["Passed over: 'Clara/raw.nef': this kind of picture is not read; save it as JPEG.", "The folder 'Dora' holds no photo."],
                preparation.Folder.RemarksOnPeople());
    }

    [Fact]
    public void Puts_the_face_in_the_middle_of_its_crop()
    {
        Run();

        // Drawn alone in the middle of its own crop, the face is found again: upright, central, and of the size that the margin leaves it.
        foreach (string crop in (string[])["Anna/1.png", "Anna/large.png", "Ben/tilted.png"])
        {
            Core.Faces.FaceDetection face = _finder.Detect(PictureFile.Read(Crop(crop)))[0];
            Assert.InRange(face.Box.CenterX, 128 - 25, 128 + 25);
            Assert.InRange(face.Box.CenterY, 128 - 25, 128 + 25);
            Assert.InRange(face.Box.Width, 150, 250);
            Assert.InRange(face.Rotation.Degrees, -15, 15);
        }
    }

    [Fact]
    public void Never_touches_its_input()
    {
        Dictionary<string, string> before = Hashes(Photos);

        Run();

        Assert.Equal(before, Hashes(Photos));
    }

    [Fact]
    public void Goes_on_where_it_was_stopped()
    {
        using var stop = new CancellationTokenSource();
        IReadOnlyList<PreparedPhoto> first = Preparation().Run(stop.Cancel, stop.Token);
        DateTime written = File.GetLastWriteTimeUtc(Crop("Anna/1.png"));

        IReadOnlyList<PreparedPhoto> second = Run();

        Assert.Single(first);
        Assert.Equal(5, second.Count);
        Assert.Equal(first[0], second[0]);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Crop("Anna/1.png")));
    }

    [Fact]
    public void Looks_again_at_a_photo_that_has_changed_and_never_brings_back_a_crop_that_was_deleted()
    {
        Run();
        File.Delete(Crop("Anna/1.png"));
        File.Delete(Photo("Anna/large.jpg"));
        File.Copy(Photo("Ben/tilted.png"), Photo("Ben/wall.png"), overwrite: true);

        IReadOnlyList<PreparedPhoto> done = Run();

        Assert.Equal(
            [("Anna/1.png", PhotoOutcome.Removed), ("Ben/broken.jpg", PhotoOutcome.Unreadable), ("Ben/tilted.png", PhotoOutcome.Face),
                ("Ben/wall.png", PhotoOutcome.Duplicate)],
            done.Select(photo => (photo.Photo, photo.Outcome)));
        Assert.False(File.Exists(Crop("Anna/1.png")));
        Assert.Equal(done, Run());
    }

    [Fact]
    public void Counts_copies_of_a_photo_once_and_keeps_the_best()
    {
        // The same file in another folder, and the large photo again, smaller and as another format.
        File.Copy(Photo("Ben/tilted.png"), Photo("Anna/mistake.png"));
        PixelBuffer large = PictureFile.Read(Photo("Anna/large.jpg"));
        PictureFile.Write(Photo("Anna/copy.png"),
            AffineSampler.Sample(large, new AffineTransform(2, 0, 0, 0, 2, 0), large.Width / 2, large.Height / 2));

        IReadOnlyList<PreparedPhoto> done = Run();

        Assert.Equal(
            [("Anna/copy.png", "Anna/large.jpg"), ("Ben/tilted.png", "Anna/mistake.png")],
            done.Where(photo => photo.Outcome == PhotoOutcome.Duplicate).Select(photo => (photo.Photo, photo.DuplicateOf!)));
        Assert.False(File.Exists(Crop("Anna/copy.png")));
        Assert.Equal(["Anna/1.png", "Anna/large.png", "Anna/mistake.png"],
            done.Select(photo => photo.Crop).OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal(done, Run());

        // What it was a copy of has gone: it counts again.
        File.Delete(Photo("Anna/large.jpg"));
        Assert.Contains(Run(), photo => photo is { Photo: "Anna/copy.png", Outcome: PhotoOutcome.Face });
    }

    [Fact]
    public void Shows_the_photos_without_a_face_on_a_page_of_its_own()
    {
        PreparationPage.Write(Photos, Output, Run());

        string page = File.ReadAllText(Path.Combine(Output, PreparationPage.FileName));
        Assert.Contains("5 photos: a face in 3, none in 1, 0 shown already by another photo, 1 not readable", page,
            StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page,
            "<img alt=\"Photo of Ben in which no face was found\" src=\"data:image/jpeg;base64,"));
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_photos_apart_that_differ_in_their_ending_only()
    {
        File.Copy(Photo("Anna/large.jpg"), Photo("Anna/1.jpg"));

        Assert.Equal(["Anna/1.jpg.png", "Anna/1.png.png"],
            Run().Select(photo => photo.Crop).Where(crop => crop?.StartsWith("Anna/1", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void Refuses_what_would_mix_photos_and_faces()
    {
        Assert.Contains("must lie apart", Refusal(Photos, Path.Combine(Photos, "faces")), StringComparison.Ordinal);
        Assert.Contains("must lie apart", Refusal(Photos, Photos + "/"), StringComparison.Ordinal);
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "diary.txt"), "mine");
        Assert.Contains("holds something, but not a report of an earlier ./doorbell prepare", Refusal(Photos, Output),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_folder_without_photos()
    {
        Assert.StartsWith("There is no folder '/nowhere'.", Refusal("/nowhere", Output), StringComparison.Ordinal);
        string empty = Directory.CreateDirectory(Path.Combine(_root.FullName, "empty")).FullName;
        Assert.StartsWith($"There is no photo in '{empty}'.", Refusal(empty, Output), StringComparison.Ordinal);
    }

    [DataFact("fivecelebs")]
    public void Finds_most_faces_of_real_photos()
    {
        var preparation =
            new FacePreparation(MeasuringData.Find("fivecelebs/val/madonna")!, Output, _finder, PreprocessorSettings.ImageNetGray(112));

        IReadOnlyList<PreparedPhoto> done = preparation.Run(() => { }, CancellationToken.None);

        Assert.InRange(done.Count(photo => photo.Outcome == PhotoOutcome.Face) / (double)done.Count, 0.6, 1);
    }

    private static Dictionary<string, string> Hashes(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));

    private FacePreparation Preparation() => new(Photos, Output, _finder, PreprocessorSettings.ImageNetGray(112));

    private IReadOnlyList<PreparedPhoto> Run() => Preparation().Run(() => { }, CancellationToken.None);

    private string Refusal(string photos, string output) => Assert.Throws<UserErrorException>(
        () => new FacePreparation(photos, output, _finder, PreprocessorSettings.ImageNetGray(112)).Run(() => { }, CancellationToken.None))
            .Message;

    private string Photo(string name)
    {
        string path = Path.Combine(Photos, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private string Crop(string name) => Path.Combine(Output, name);

    /// <summary>The photos, drawn once: a large face takes a second.</summary>
    public sealed class DrawnPhotos : IDisposable
    {
        public DrawnPhotos()
        {
            DrawPerson("Anna/1.png", DrawnFamily.Anna, new DrawnScene { FaceHeightPixels = 120, CenterX = 0.3f });
            DrawPerson("Anna/large.jpg", DrawnFamily.Anna, new DrawnScene { FaceHeightPixels = 300 }, scale: 3);
            DrawPerson("Ben/tilted.png", DrawnFamily.Ben, new DrawnScene { FaceHeightPixels = 120, Tilt = Rotation.FromDegrees(90) });
            PictureFile.Write(PathOf("Ben/wall.png"), new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240]));
            File.WriteAllText(PathOf("Ben/broken.jpg"), "this is not a picture");
            File.WriteAllText(PathOf("Ben/notes.txt"), "nor is this");
        }

        public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("doorbell-photos-");

        public void Dispose() => Folder.Delete(recursive: true);

        private string PathOf(string name)
        {
            string path = Path.Combine(Folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        }

        private void DrawPerson(string name, FamilyMember member, DrawnScene scene, int scale = 1) =>
            PictureFile.Write(PathOf(name), FaceRenderer.Render(member.Person, scene, 320 * scale, 240 * scale));
    }
}
