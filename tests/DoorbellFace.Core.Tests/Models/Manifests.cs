using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Tests.Models;

/// <summary>Manifests to test with.</summary>
internal static class Manifests
{
    public const string Stranger = "a stranger";

    public static readonly string[] Labels = ["Anna", "Ben", Stranger];

    public static ModelManifest Family(float accept = 0.8f, float reject = 0.5f) => new()
    {
        ManifestVersion = ModelManifest.CurrentVersion,
        ModelSha256 = new string('a', 64),
        Task = "face-classification",
        InputName = "input",
        OutputName = "logits",
        EmbeddingName = "embedding",
        Preprocessor = PreprocessorSettings.ImageNetGray(112),
        Id2Label = Labels.Index().ToDictionary(item => item.Index, item => item.Item),
        UnknownLabel = Stranger,
        Thresholds = new MatchThresholds(accept, reject),
        TrainedAt = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
        Dataset = new DatasetDescription("family", new string('b', 64), new Dictionary<string, int> { ["Anna"] = 50 }),
        Metrics = new Dictionary<string, double> { ["test_accuracy"] = 0.9 },
        TrainerVersion = "0.1.0",
    };

    /// <summary>Scores with the given probabilities of Anna and Ben; the rest is the stranger's.</summary>
    public static FaceScores Scores(float anna, float ben) =>
        FaceScores.FromLogits(Labels, [MathF.Log(anna), MathF.Log(ben), MathF.Log(1 - anna - ben)]);
}
