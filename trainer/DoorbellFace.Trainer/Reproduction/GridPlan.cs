using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Reproduction;

/// <summary>
/// Which trainings the paper's tables and figures take, in the order in which they are done: every seed's cheap ones first, so that a
/// budget that runs out has shown as much as it could.
/// </summary>
internal static class GridPlan
{
    /// <summary>Name of the paper's own small network.</summary>
    public const string Reference = "reference_cnn";

    /// <summary>Our own network for faces; the paper has none such.</summary>
    public const string Backbone = BackboneClassifier.KindName;

    /// <summary>AlexNet as the paper fine-tuned it: Adam at 1e-3 from the first step to the last.</summary>
    public const string AlexNetOfThePaper = "alexnet-adam-1e-3";

    /// <summary>The network whose augmentations are compared.</summary>
    public const string AugmentedNetwork = "resnet18";

    /// <summary>
    /// The same network with one block more, whose ImageNet weights come with a package that anyone can fetch. It is done where a start is
    /// named for it.
    /// </summary>
    public const string LongResNet = NetworkKind.LongResNet;

    private const string Rotation = "rotation";

    /// <summary>The paper compares networks with nothing but ImageNet's normalisation.</summary>
    private const string Plain = "imagenet-normalise";

    private const string Turned = Plain + ",rotation";

    private const double FeatureRate = 1e-3, FromNothingRate = 1e-3, TransferRate = 3e-4, WithoutNormalisationRate = 1e-4, SgdRate = 0.01;

    /// <summary>The paper's networks and the modern ones, from the cheapest to the dearest.</summary>
    public static IReadOnlyList<string> Networks { get; } =
        ["resnet18", "squeezenet1_0", "mobilenet_v3_small", "alexnet", "efficientnet_b0", "densenet121", "vgg16"];

    /// <summary>The networks of a grid, but the reference and our own backbone.</summary>
    public static IEnumerable<string> NetworksOf(GridSettings grid) =>
        grid.Starts.ContainsKey(LongResNet) ? [Networks[0], LongResNet, .. Networks.Skip(1)] : Networks;

    /// <summary>What Table 3 compares, and the augmentations that stand for it.</summary>
    public static IReadOnlyList<(string Name, string Augment)> Augmentations { get; } =
    [
        ("nothing", "none"), (Rotation, Turned), ("resized-crop", Plain + ",resized-crop"), ("noise", Plain + ",noise"),
            ("all-four", "paper"), ("doorbell", "doorbell"),
    ];

    /// <summary>
    /// AlexNet as in the paper, and twice with one thing changed, to show what stopped it: with a warm-up, and with a tenth of the rate.
    /// </summary>
    public static IReadOnlyList<(string Name, string Title, double LearningRate, double WarmUpShare)> AlexNetTrials { get; } =
    [
        (AlexNetOfThePaper, "AlexNet, Adam 1e-3 without warm-up", 1e-3, 0),
        ("alexnet-adam-1e-3-warm-up", "AlexNet, Adam 1e-3 with warm-up", 1e-3, 0.1),
        ("alexnet-adam-1e-4", "AlexNet, Adam 1e-4 without warm-up", 1e-4, 0),
    ];

    /// <summary>A network's cell with frozen features.</summary>
    public static string FeaturesOf(string network) => network + "-features";

    /// <summary>A network's cell with fine tuning.</summary>
    public static string FineTunedOf(string network) => network + "-fine-tuned";

    /// <summary>The cell of an augmentation of Table 3.</summary>
    public static string AugmentedWith(string name) => $"{AugmentedNetwork}-{name}";

    /// <summary>A network's cell with fine tuning on turned pictures.</summary>
    public static string RotatedOf(string network) => $"{network}-{Rotation}";

    /// <summary>All cells of the seeds.</summary>
    public static IEnumerable<GridCell> Cells(GridSettings grid, IReadOnlyList<int> seeds) => seeds.SelectMany(seed => CellsOf(grid, seed));

    private static IEnumerable<GridCell> CellsOf(GridSettings grid, int seed)
    {
        var common = new TrainingSettings
        {
            Seed = seed, Colour = true, Augment = Plain, Batch = grid.Batch, Size = grid.Size, Epochs = grid.Epochs,
            MixedPrecision = grid.MixedPrecision,
        };
        foreach (string network in NetworksOf(grid))
        {
            TrainingSettings frozen = common with
            {
                Network = network, Start = grid.StartOf(network), Mode = TrainingSettings.FeatureExtraction, Epochs = grid.FeatureEpochs,
                LearningRate = FeatureRate,
            };
            yield return new GridCell(FeaturesOf(network), frozen with { MicroBatch = MicroBatchOf(network) });
        }
        yield return OfBackbone(grid, seed, TrainingSettings.FeatureExtraction);
        yield return OfBackbone(grid, seed, TrainingSettings.FineTune);
        IEnumerable<string> light = NetworksOf(grid).Where(network => network is not ("densenet121" or "vgg16"));
        foreach (string network in light) yield return FineTuned(grid, common, network);
        TrainingSettings adam = FineTuned(grid, common, "alexnet").Settings with
        {
            Optimizer = Optimizers.Adam, Schedule = TrainingSettings.Constant, LabelSmoothing = 0,
        };
        foreach ((string name, string _, double rate, double warmUp) in AlexNetTrials)
            yield return new GridCell(name, adam with { LearningRate = rate, WarmUpShare = warmUp });
        yield return new GridCell(Reference,
            common with { Network = Reference, Size = ReferenceCnn.InputSize, LearningRate = FromNothingRate });
        foreach ((string name, string augment) in Augmentations)
            yield return new GridCell(AugmentedWith(name), FineTuned(grid, common, AugmentedNetwork).Settings with { Augment = augment });
        if (grid.Starts.ContainsKey(LongResNet))
            yield return new GridCell(RotatedOf(LongResNet), FineTuned(grid, common, LongResNet).Settings with { Augment = Turned });
        foreach (string network in Networks.Except(light)) yield return FineTuned(grid, common, network);
    }

    /// <summary>Aligned gray faces of its own size; fine-tuned for as long as is usual for it.</summary>
    private static GridCell OfBackbone(GridSettings grid, int seed, string mode)
    {
        string start = grid.Starts.GetValueOrDefault(Backbone, StartWeights.FaceBackbone);
        TrainingSettings settings = TrainingSettings.UsualFor(start, Backbone, mode) with
        {
            Seed = seed, Batch = grid.Batch, MixedPrecision = grid.MixedPrecision,
        };
        return mode == TrainingSettings.FineTune
            ? new GridCell(FineTunedOf(Backbone), settings)
            : new GridCell(FeaturesOf(Backbone), settings with { Epochs = grid.FeatureEpochs, LearningRate = FeatureRate });
    }

    private static GridCell FineTuned(GridSettings grid, TrainingSettings common, string network)
    {
        string start = grid.StartOf(network);
        TrainingSettings settings = common with { Network = network, Start = start, MicroBatch = MicroBatchOf(network) };
        // Without normalisation in the network a rate as high as the others' throws the weights about.
        settings = network switch
        {
            "vgg16" => settings with { Optimizer = Optimizers.Sgd, LearningRate = SgdRate },
            "alexnet" or "squeezenet1_0" => settings with { LearningRate = WithoutNormalisationRate },
            _ => settings with { LearningRate = start == StartWeights.Random ? FromNothingRate : TransferRate },
        };
        return new GridCell(FineTunedOf(network), settings);
    }

    /// <summary>VGG16's maps of four pictures of 224 pixels take 0.4 GB; the rest of its memory is weights.</summary>
    private static int MicroBatchOf(string network) => network == "vgg16" ? 4 : 0;
}
