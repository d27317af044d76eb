using System.Diagnostics;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Tests.Network;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Dataset;

public sealed class FolderSplitterTests : IDisposable
{
    private readonly DrawnFolder _folder = new DrawnFolder().Add("faces", "Anna", 10).Add("faces", "Ben", 5);

    private string Faces => _folder.In("faces");

    private string Output => _folder.In("split");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Divides_everyone_into_three_parts_of_links_that_the_training_reads_as_they_are()
    {
        string[] before = Listing(Faces);

        IReadOnlyList<PersonSplit> people = new FolderSplitter(Faces, Output).Run(seed: 1, copy: false, () => { });

        Assert.Equal([("Anna", 10), ("Ben", 5)], people.Select(person => (person.Person, person.Train + person.Val + person.Test)));
        Assert.All(people, person =>
            Assert.True(person.Train >= person.Val && person.Train >= person.Test && person.Val > 0 && person.Test > 0));
        Assert.Equal(before, Listing(Faces));
        Assert.All(Directory.EnumerateFiles(Path.Combine(Output, "train", "Anna")), file => Assert.NotNull(new FileInfo(file).LinkTarget));

        FaceDataset dataset = FaceDatasetReader.Read(Output, null, gray: true, seed: 99);
        Assert.Equal(people.Sum(person => person.Train), dataset.Of(Split.Train).Count);
        Assert.Equal(people.Sum(person => person.Test), dataset.Of(Split.Test).Count);
        // The same pictures, however they are divided: a training can be told by them.
        Assert.Equal(FaceDatasetReader.Read(Faces, null, gray: true, seed: 1).Description.Sha256, dataset.Description.Sha256);
    }

    [Fact]
    public void Folders_in_a_persons_folder_are_divided_with_it_and_keep_their_names()
    {
        _folder.Add("faces/Ben", "2019", 5);

        IReadOnlyList<PersonSplit> people = new FolderSplitter(Faces, Output).Run(seed: 1, copy: false, () => { });

        Assert.Equal([("Anna", 10), ("Ben", 10)], people.Select(person => (person.Person, person.Train + person.Val + person.Test)));
        Assert.Equal(5, Listing(Output).Count(file => file.Contains("/Ben/2019/", StringComparison.Ordinal)));
        FaceDataset dataset = FaceDatasetReader.Read(Output, null, gray: true, seed: 99);
        Assert.Equal(people.Sum(person => person.Train), dataset.Of(Split.Train).Count);
        Assert.Equal(FaceDatasetReader.Read(Faces, null, gray: true, seed: 1).Description.Sha256, dataset.Description.Sha256);
    }

    [Fact]
    public void The_same_seed_gives_the_same_parts_and_another_seed_others()
    {
        new FolderSplitter(Faces, Output).Run(seed: 1, copy: true, () => { });
        new FolderSplitter(Faces, _folder.In("again")).Run(seed: 1, copy: true, () => { });
        new FolderSplitter(Faces, _folder.In("other")).Run(seed: 2, copy: true, () => { });

        Assert.Equal(Listing(Output), Listing(_folder.In("again")));
        Assert.NotEqual(Listing(Output), Listing(_folder.In("other")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pictures_of_one_moment_stay_on_one_side(int seed)
    {
        // Three copies of one picture, each a little brighter.
        PixelBuffer picture = PictureFile.Read(Path.Combine(Faces, "Anna", "000.png"));
        for (int i = 1; i <= 3; i++)
            PictureFile.Write(Path.Combine(Faces, "Anna", $"000-{i}.png"),
                new PixelBuffer(picture.Width, picture.Height, picture.Format,
                picture.Pixels.ToArray().Select(value => (byte)Math.Min(255, value + (4 * i))).ToArray()));

        PersonSplit anna = new FolderSplitter(Faces, Output).Run(seed, copy: false, () => { })[0];

        Assert.Equal(4, anna.KeptTogether);
        string[] parts =
            [.. Listing(Output).Where(file =>
                file.Contains("000", StringComparison.Ordinal) && file.Contains("Anna", StringComparison.Ordinal))
                    .Select(file => file.Split('/')[0]).Distinct()];
        Assert.Single(parts);
    }

    [Fact]
    public void Refuses_what_would_mix_divisions_and_people_with_too_few_pictures()
    {
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "mine.txt"), "mine");
        Assert.Contains("is there already and holds something", Refusal(Output), StringComparison.Ordinal);
        Assert.Contains("must lie outside of FACES", Refusal(Path.Combine(Faces, "split")), StringComparison.Ordinal);

        _folder.Add("faces", "Clara", 2);
        Assert.Contains("'Clara' has pictures of 2 moments (2 files); at least 3 are needed", Refusal(_folder.In("new")),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("new")));
        Assert.DoesNotContain(Directory.EnumerateDirectories(_folder.Path), path => path.Contains(".new-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_divided_folder_that_leaks_is_refused()
    {
        new FolderSplitter(Faces, Output).Run(seed: 1, copy: true, () => { });
        string learnt = Directory.EnumerateFiles(Path.Combine(Output, "train", "Anna")).First();
        File.Copy(learnt, Path.Combine(Output, "test", "Anna", Path.GetFileName(learnt)));

        Assert.Contains("is in two parts", Assert.Throws<UserErrorException>(() => SplitFolder.Scan(Output)).Message,
            StringComparison.Ordinal);
    }

    [TorchvisionTheory]
    [InlineData("train")]
    [InlineData("val")]
    [InlineData("test")]
    public void Torchvision_reads_every_part(string part)
    {
        new FolderSplitter(Faces, Output).Run(seed: 1, copy: false, () => { });
        using Process python = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3",
                ["-c", "import sys; from torchvision.datasets import ImageFolder; d = ImageFolder(sys.argv[1]); print(d.classes, len(d), "
                + "d[0][0].size)", Path.Combine(Output, part)]) { RedirectStandardOutput = true })!;
        string answer = python.StandardOutput.ReadToEnd();
        python.WaitForExit();

        Assert.Equal($"['Anna', 'Ben'] {Listing(Path.Combine(Output, part)).Length} (48, 48)\n", answer);
    }

    private string Refusal(string output) =>
        Assert.Throws<UserErrorException>(() => new FolderSplitter(Faces, output).Run(seed: 1, copy: false, () => { })).Message;

    private static string[] Listing(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.png", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal)];
}
