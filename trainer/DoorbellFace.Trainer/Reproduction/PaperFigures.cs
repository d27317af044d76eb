namespace DoorbellFace.Trainer.Reproduction;

/// <summary>
/// What is known here of the paper's own figures: accuracies on its own 15 people of 50 photos each. The paper itself is no part of this
/// project; a place without a figure is one whose figure is not known here.
/// </summary>
internal static class PaperFigures
{
    /// <summary>Accuracy by cell, 0 to 1.</summary>
    public static IReadOnlyDictionary<string, double> Accuracy { get; } = new Dictionary<string, double>
    {
        [GridPlan.Reference] = 0.529,
        [GridPlan.FeaturesOf("squeezenet1_0")] = 0.794,
        [GridPlan.FeaturesOf("resnet18")] = 0.771,
        [GridPlan.AugmentedWith("rotation")] = 0.9647,
    };

    /// <summary>What it reports in words, by cell.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        [GridPlan.AlexNetOfThePaper] = "got stuck",
        [GridPlan.FineTunedOf("vgg16")] = "ran out of memory",
    };
}
