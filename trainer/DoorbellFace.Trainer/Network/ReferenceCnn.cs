using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// The small network from nothing that the paper compares its transferred ones with: three 3x3 convolutions of 32, 64 and 32 maps, pooled
/// 2/4, 2/4 and 2/2, dropout 0.2, linear layers of 1024, 256 and the labels. Its 2048 features are 32 maps of 8x8, which is what 256x256
/// pixels leave when the convolutions pad; no other size fits.
/// </summary>
/// <param name="classes">Labels to tell apart, 1 or more.</param>
internal sealed class ReferenceCnn(int classes) : FeaturesAndClassifier(nameof(ReferenceCnn), Convolutions(), LastEdge, Layers(classes))
{
    /// <summary>Edge of the input in pixels.</summary>
    public const int InputSize = 256;

    private const int LastMaps = 32, LastEdge = 8;

    private static Sequential Convolutions() => Numbered(
    [
        Conv2d(3, 32, kernel_size: 3, padding: 1), ReLU(), MaxPool2d(2, stride: 4),
        Conv2d(32, 64, kernel_size: 3, padding: 1), ReLU(), MaxPool2d(2, stride: 4),
        Conv2d(64, LastMaps, kernel_size: 3, padding: 1), ReLU(), MaxPool2d(2, stride: 2),
    ]);

    private static Sequential Layers(int classes) => Numbered(
    [
        Dropout(0.2),
        Linear(LastMaps * LastEdge * LastEdge, 1024), ReLU(),
        Linear(1024, 256), ReLU(),
        Linear(256, classes),
    ]);
}
