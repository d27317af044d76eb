using DoorbellFace.Core.Models;


namespace DoorbellFace.Core.Tests.Models;

public class ManifestMetadataTests
{
    private static readonly ModelManifest Manifest = new()
    {
        ManifestVersion = ModelManifest.CurrentVersion,
        ModelSha256 = new string('a', 64),
        Task = "face-classification",
        InputName = "input",
        OutputName = "logits",
        Preprocessor = PreprocessorSettings.ImageNetGray(112),
        Id2Label = new Dictionary<int, string> { [0] = "Anna", [1] = "Jörg \"the\" Boss" },
        Thresholds = new MatchThresholds(0.8f, 0.5f),
        TrainedAt = new DateTimeOffset(2026, 11, 23, 20, 15, 0, TimeSpan.FromHours(1)),
        Dataset = new DatasetDescription("family", new string('b', 64), new Dictionary<string, int> { ["Anna"] = 9 }),
        Metrics = new Dictionary<string, double> { ["test_accuracy"] = 1.0 / 3 },
        TrainerVersion = "0.1.0",
    };

    [Fact]
    public void Holds_every_key_of_the_manifest_but_the_hash()
    {
        string[] expected =
            ["dataset", "id2label", "input_name", "manifest_version", "metrics", "output_name", "preprocessor", "task", "thresholds",
                "trained_at", "trainer_version"];

        Assert.Equal(expected, ManifestMetadata.Of(Manifest).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Agrees_with_the_manifest_after_it_was_written_and_read()
    {
        ModelManifest read = ModelManifest.Parse(Manifest.ToJson());

        Assert.Null(ManifestMetadata.FirstDisagreement(read, ManifestMetadata.Of(Manifest)));
    }

    [Fact]
    public void Does_not_care_in_which_order_the_labels_are_listed()
    {
        var turned = Manifest with { Id2Label = Manifest.Id2Label.Reverse().ToDictionary() };

        Assert.Null(ManifestMetadata.FirstDisagreement(turned, ManifestMetadata.Of(Manifest)));
    }

    [Fact]
    public void Names_both_sides_of_a_disagreement()
    {
        var other = Manifest with { Thresholds = new MatchThresholds(0.9f, 0.5f) };

        string? complaint = ManifestMetadata.FirstDisagreement(other, ManifestMetadata.Of(Manifest));

        Assert.Equal("""the manifest says thresholds is {"accept":0.9,"reject":0.5}, and the model file says {"accept":0.8,"reject":0.5}""",
            complaint);
    }

    [Fact]
    public void Names_a_key_that_the_file_lacks()
    {
        var metadata = ManifestMetadata.Of(Manifest).Where(pair => pair.Key != "task").ToDictionary();

        Assert.Equal("the manifest says task is face-classification, and the model file says nothing about it",
            ManifestMetadata.FirstDisagreement(Manifest, metadata));
    }
}
