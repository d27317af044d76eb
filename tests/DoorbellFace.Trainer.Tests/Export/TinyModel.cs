using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;

namespace DoorbellFace.Trainer.Tests.Export;

/// <summary>
/// A network of one convolution, an average and a linear layer: the smallest that has everything the host asks of a model. It answers 0, 1
/// or 2 for a dark, middling or bright crop.
/// </summary>
internal static class TinyModel
{
    public const int Size = 16;

    public static readonly ModelManifest Manifest = new()
    {
        ManifestVersion = ModelManifest.CurrentVersion,
        ModelSha256 = "",
        Task = "face-classification",
        InputName = "input",
        OutputName = "logits",
        EmbeddingName = "embedding",
        Preprocessor = PreprocessorSettings.ImageNetGray(Size),
        Id2Label = new Dictionary<int, string> { [0] = "Anna", [1] = "Ben", [2] = "unknown" },
        UnknownLabel = "unknown",
        Thresholds = new MatchThresholds(0.8f, 0.5f),
        TrainedAt = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
        Dataset = new DatasetDescription("none: weights set by hand", new string('0', 64), new Dictionary<string, int>()),
        Metrics = new Dictionary<string, double>(),
        TrainerVersion = "0.1.0",
    };

    /// <summary>The file.</summary>
    /// <param name="metadata">What goes into its metadata map.</param>
    /// <param name="size">Edge of the input.</param>
    /// <param name="classes">Columns of the logits.</param>
    /// <param name="outputName">Name of the logits.</param>
    public static byte[] Write(IReadOnlyDictionary<string, string> metadata, int size = Size, int classes = 3, string outputName = "logits")
    {
        const int Features = 4;
        var graph = new OnnxGraph("tiny");
        graph.Input("input", 3, size, size);
        graph.Output(outputName, classes);
        graph.Output("embedding", Features);

        // Feature k is brightness above k - 2, in the normalised units of the input.
        float[] kernel = [.. Enumerable.Range(0, Features * 3).Select(_ => 1f / 3)];
        float[] offsets = [.. Enumerable.Range(0, Features).Select(k => 2f - k)];
        graph.Constant("conv.weight", kernel, Features, 3, 1, 1);
        graph.Constant("conv.bias", offsets, Features);
        string features =
            graph.Node("Relu",
                [graph.Node("Conv", ["input", "conv.weight", "conv.bias"], "conv", OnnxAttribute.List("kernel_shape", 1, 1))], "relu");
        string embedding =
            graph.Node("Flatten", [graph.Node("GlobalAveragePool", [features], "pool")], "embedding", OnnxAttribute.One("axis", 1));

        // Logit c is highest where the summed features are near 4 c: the tangents of a parabola do that.
        float[] centres = [.. Enumerable.Range(0, classes).Select(c => 4f * c)];
        graph.Constant("fc.weight", [.. centres.SelectMany(centre => Enumerable.Repeat(centre, Features))], classes, Features);
        graph.Constant("fc.bias", [.. centres.Select(centre => -centre * centre / 2)], classes);
        graph.Node("Gemm", [embedding, "fc.weight", "fc.bias"], outputName, OnnxAttribute.One("transB", 1));
        return graph.ToModel("0.1.0", metadata);
    }
}
