namespace DoorbellFace.Trainer.Reproduction;

/// <summary>
/// What is known here of the paper's own figures: accuracies on its own 15 people of 50 photos each. The paper itself is no part of this
/// project; a place without a figure is one whose figure is not known here.
/// </summary>
internal static class PaperFigures
{
    private const double ResNetFeatures = 0.771, ResNetFineTuned = 0.941, ResNetRotated = 0.9647;

    /// <summary>Accuracy by cell, 0 to 1. The longer ResNet18 stands beside the paper's.</summary>
    public static IReadOnlyDictionary<string, double> Accuracy { get; } = new Dictionary<string, double>
    {
        [GridPlan.Reference] = 0.529,
        [GridPlan.FeaturesOf("squeezenet1_0")] = 0.794,
        [GridPlan.FeaturesOf(GridPlan.AugmentedNetwork)] = ResNetFeatures,
        [GridPlan.FeaturesOf(GridPlan.LongResNet)] = ResNetFeatures,
        [GridPlan.FineTunedOf(GridPlan.AugmentedNetwork)] = ResNetFineTuned,
        [GridPlan.FineTunedOf(GridPlan.LongResNet)] = ResNetFineTuned,
        [GridPlan.RotatedOf(GridPlan.AugmentedNetwork)] = ResNetRotated,
        [GridPlan.RotatedOf(GridPlan.LongResNet)] = ResNetRotated,
    };

    /// <summary>What it reports in words, by cell.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        [GridPlan.AlexNetOfThePaper] = "got stuck",
        [GridPlan.FineTunedOf("vgg16")] = "ran out of memory",
    };
}
