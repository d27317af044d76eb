using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Distillation;
using Xunit;

namespace DoorbellFace.Trainer.Tests.Distillation;

public sealed class PermittedPhotosTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("doorbellface-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void Whoever_is_measured_with_is_never_learnt_from_in_whichever_set()
    {
        WriteLists(family: "Anna", strangers: "Ben", benchmark: "Clara");
        foreach (string set in (string[])["lfw/images", "glint20"])
        {
            foreach (string person in (string[])["Anna", "Ben", "Clara", "Dora"]) WritePhoto($"{set}/{person}/1.jpg");
        }
        WritePhoto("utkface/00001.webp");

        IReadOnlyList<PermittedPhoto> photos = PermittedPhotos.In(_data.FullName);

        Assert.Equal(["glint20/Dora/1.jpg", "lfw/images/Dora/1.jpg", "utkface/00001.webp"], photos.Select(photo => photo.Path));
        Assert.Equal(["Dora", "Dora", null], photos.Select(photo => photo.Person));
    }

    [Fact]
    public void Without_a_list_nothing_is_learnt()
    {
        WriteLists("Anna", "Ben", "Clara");
        File.Delete(Path.Combine(_data.FullName, "splits", "strangers1000.txt"));
        WritePhoto("utkface/00001.webp");

        var error = Assert.Throws<UserErrorException>(() => PermittedPhotos.In(_data.FullName));

        Assert.Contains("strangers1000.txt", error.Message, StringComparison.Ordinal);
    }

    private void WriteLists(string family, string strangers, string benchmark)
    {
        string splits = Path.Combine(_data.FullName, "splits");
        Directory.CreateDirectory(splits);
        File.WriteAllText(Path.Combine(splits, "family15.txt"), family + "\n");
        File.WriteAllText(Path.Combine(splits, "strangers1000.txt"), strangers + "\n");
        File.WriteAllText(Path.Combine(splits, "glint-benchmark6.txt"), benchmark + "\n");
    }

    private void WritePhoto(string path)
    {
        string full = Path.Combine(_data.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "");
    }
}
