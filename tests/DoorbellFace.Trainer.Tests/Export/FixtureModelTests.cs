using DoorbellFace.Trainer.Export;

namespace DoorbellFace.Trainer.Tests.Export;

/// <summary>
/// The models that the host's tests load are written here, so that those tests need no torch. With REMAKE_FIXTURES=1 in the
/// environment they are written again; otherwise they are compared, byte for byte.
/// </summary>
public sealed class FixtureModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-fixture-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("tiny", TinyModel.Size, 3, "logits")]
    [InlineData("tiny-other-size", 32, 3, "logits")]
    [InlineData("tiny-four-classes", TinyModel.Size, 4, "logits")]
    [InlineData("tiny-other-output", TinyModel.Size, 3, "scores")]
    public void Is_what_the_exporter_writes(string name, int size, int classes, string outputName)
    {
        string written = Path.Combine(_folder.FullName, name), fixture = Repository.Fixture(Path.Combine("models", name));

        ModelDirectory.Write(written, TinyModel.Manifest, metadata => TinyModel.Write(metadata, size, classes, outputName));
        if (Environment.GetEnvironmentVariable("REMAKE_FIXTURES") == "1")
            ModelDirectory.Write(fixture, TinyModel.Manifest, metadata => TinyModel.Write(metadata, size, classes, outputName));

        foreach (string file in (string[])[ModelDirectory.ModelFile, ModelDirectory.ManifestFile])
            Assert.Equal(File.ReadAllBytes(Path.Combine(written, file)), File.ReadAllBytes(Path.Combine(fixture, file)));
    }
}
