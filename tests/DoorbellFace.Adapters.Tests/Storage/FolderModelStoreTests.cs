using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Core.Models;
using DoorbellFace.Vision;

namespace DoorbellFace.Adapters.Tests.Storage;

public sealed class FolderModelStoreTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Keeps_the_model_before_and_brings_it_back()
    {
        FolderModelStore store = Store();
        Assert.Null(store.Current);
        store.Install(Tiny);
        Assert.Throws<DoorbellException>(store.RollBack);
        store.Install(ShippedModels.Find("drawn-family"));
        Assert.Equal((5, 3), (Labels(store.Current), Labels(store.Previous)));

        store.RollBack();
        Assert.Equal((3, 5), (Labels(store.Current), Labels(store.Previous)));
        store.RollBack();
        Assert.Equal((5, 3), (Labels(store.Current), Labels(store.Previous)));
        Assert.Equal(2, Directory.GetDirectories(_data["models"]).Length);
    }

    [Fact]
    public void A_model_that_the_door_would_refuse_takes_no_others_place()
    {
        FolderModelStore store = Store();
        store.Install(Tiny);
        string broken = Copy(Tiny, "broken");
        File.AppendAllText(Path.Combine(broken, OnnxModel.ModelFile), "x");

        Assert.Throws<InvalidModelException>(() => store.Install(broken));

        Assert.Equal(3, Labels(store.Current));
        Assert.Null(store.Previous);
        Assert.Single(Directory.GetDirectories(_data["models"]));
    }

    [Fact]
    public void What_an_older_program_installed_is_in_use_and_becomes_the_one_before()
    {
        Copy(Tiny, "model");
        FolderModelStore store = Store();
        Assert.Equal(3, Labels(store.Current));

        store.Install(ShippedModels.Find("drawn-family"));

        Assert.Equal((5, 3), (Labels(store.Current), Labels(store.Previous)));
        store.Install(Tiny);
        Assert.Equal((3, 5), (Labels(store.Current), Labels(store.Previous)));
        Assert.False(Directory.Exists(_data["model"]), "the model that nobody can go back to any more is still there");
    }

    /// <summary>
    /// A program that is killed leaves a half copied folder or an unfinished choice; what was in use before is in use still.
    /// </summary>
    [Fact]
    public void A_killed_installation_leaves_the_model_before_in_use_and_its_rest_goes_with_the_next()
    {
        FolderModelStore store = Store();
        store.Install(Tiny);
        Directory.CreateDirectory(_data["models/half"]);
        File.WriteAllText(_data["models/current.json.unfinished"], "{");

        Assert.Equal(3, Labels(Store().Current));

        store.Install(ShippedModels.Find("drawn-family"));
        Assert.False(Directory.Exists(_data["models/half"]));
    }

    [Fact]
    public void The_stamp_changes_with_each_choice()
    {
        FolderModelStore store = Store();
        var stamps = new HashSet<string> { store.Stamp };
        store.Install(Tiny);
        Assert.True(stamps.Add(store.Stamp));
        store.Install(ShippedModels.Find("drawn-family"));
        Assert.True(stamps.Add(store.Stamp));
        string before = store.Stamp;
        store.UseShipped();
        Assert.NotEqual(before, store.Stamp);
        Assert.Null(store.Current);
        Assert.Equal(5, Labels(store.Previous));
    }

    private static string Tiny => Repository.Fixture("models/tiny");

    private FolderModelStore Store() => new(_data[""], ModelCheck.Run);

    private string Copy(string model, string name)
    {
        Directory.CreateDirectory(_data[name]);
        foreach (string file in Directory.EnumerateFiles(model)) File.Copy(file, Path.Combine(_data[name], Path.GetFileName(file)));
        return _data[name];
    }

    private static int Labels(string? folder) =>
        ModelManifest.Parse(File.ReadAllText(Path.Combine(folder!, OnnxModel.ManifestFile))).Labels.Count;
}
