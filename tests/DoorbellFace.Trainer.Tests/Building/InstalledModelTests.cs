using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Building;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Building;

public sealed class InstalledModelTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("doorbell-data-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void Keeps_the_model_before_and_brings_it_back()
    {
        var installed = new InstalledModel(_data.FullName);
        string first = Repository.Fixture("models/tiny"), second = ShippedModels.Find("drawn-family");

        installed.Install(first);
        Assert.Throws<UserErrorException>(installed.RollBack);
        installed.Install(second);
        Assert.Equal((5, 3), (Labels(installed.Current), Labels(installed.Previous)));

        installed.RollBack();
        Assert.Equal((3, 5), (Labels(installed.Current), Labels(installed.Previous)));
        installed.RollBack();
        Assert.Equal((5, 3), (Labels(installed.Current), Labels(installed.Previous)));
        Assert.Equal(["model", "model.previous"], Directory.EnumerateDirectories(_data.FullName).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_model_that_the_host_would_refuse_takes_no_others_place()
    {
        var installed = new InstalledModel(_data.FullName);
        installed.Install(Repository.Fixture("models/tiny"));
        DirectoryInfo broken = _data.CreateSubdirectory("broken");
        foreach (string file in Directory.EnumerateFiles(Repository.Fixture("models/tiny"))) File.Copy(file, Path.Combine(broken.FullName, Path.GetFileName(file)));
        File.AppendAllText(Path.Combine(broken.FullName, OnnxModel.ModelFile), "x");

        Assert.Throws<InvalidModelException>(() => installed.Install(broken.FullName));

        Assert.Equal(3, Labels(installed.Current));
        Assert.False(Directory.Exists(installed.Previous));
    }

    private static int Labels(string folder) => ModelManifest.Parse(File.ReadAllText(Path.Combine(folder, OnnxModel.ManifestFile))).Labels.Count;
}
