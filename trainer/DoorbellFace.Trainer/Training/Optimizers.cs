using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Training;

/// <summary>What makes steps of gradients.</summary>
internal static class Optimizers
{
    /// <summary>
    /// By the name on the command line. "adamw" (Loshchilov and Hutter 2019) with the settings' weight decay keeps two numbers for each
    /// weight; "adam" (Kingma and Ba 2015) is the paper's, without decay; "sgd" has momentum 0.9, decay 5e-4 and keeps one number for each
    /// weight, which is what matters for a network of VGG16's size.
    /// </summary>
    public const string AdamW = "adamw", Adam = "adam", Sgd = "sgd";

    private const double Momentum = 0.9, SgdWeightDecay = 5e-4;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [AdamW, Adam, Sgd];

    /// <summary>The settings' optimizer for these weights.</summary>
    public static OptimizerHelper Create(TrainingSettings settings, IEnumerable<Parameter> parameters) => settings.Optimizer switch
    {
        AdamW => optim.AdamW(parameters, lr: settings.LearningRate, weight_decay: settings.WeightDecay),
        Adam => optim.Adam(parameters, lr: settings.LearningRate),
        Sgd => optim.SGD(parameters, settings.LearningRate, Momentum, weight_decay: SgdWeightDecay),
        _ => throw new ArgumentException($"There is no optimizer '{settings.Optimizer}'.", nameof(settings)),
    };
}
