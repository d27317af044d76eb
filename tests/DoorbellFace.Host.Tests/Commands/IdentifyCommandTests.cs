using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>The command with the real networks.</summary>
[Collection(nameof(StandardOutput))]
public sealed class IdentifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A network that was trained on the family names people of whom nobody is enrolled.</summary>
    [Fact]
    public void The_familys_own_model_says_who_it_is()
    {
        Directory.CreateDirectory(_folder["data/model"]);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "models", "drawn-family")))
            File.Copy(file, Path.Combine(_folder["data/model"], Path.GetFileName(file)));
        PictureFile.Write(_folder["visitor.png"],
            FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(40_000_010, SceneVariation.Visiting), 320, 240));

        string said = StandardOutput.Of(IdentifyCommand.Create(), _folder["visitor.png"], "--data", _folder["data"]);

        Assert.StartsWith("Anna (", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_photo_that_is_not_there_is_said_before_any_network_is_loaded()
    {
        var error =
            Assert.Throws<UserErrorException>(() =>
                StandardOutput.Of(IdentifyCommand.Create(), _folder["none.jpg"], "--model", _folder["no-model"], "--data",
                    _folder["data"]));

        Assert.Equal((ExitCode.BadInput, $"There is no photo or folder '{_folder["none.jpg"]}'."), (error.ExitCode, error.Message));
    }
}
