using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// AlexNet in its one-tower form (Krizhevsky, One weird trick for parallelizing convolutional neural networks, 2014), as torchvision has
/// it.
/// </summary>
/// <param name="classes">Labels to tell apart, 1 or more.</param>
internal sealed class AlexNet(int classes) : FeaturesAndClassifier(nameof(AlexNet), Convolutions(), PooledEdge, Layers(classes))
{
    private const int PooledEdge = 6, Hidden = 4096, LastMaps = 256;

    private static Sequential Convolutions() => Numbered(
    [
        Conv2d(3, 64, kernel_size: 11, stride: 4, padding: 2), ReLU(), MaxPool2d(3, stride: 2),
        Conv2d(64, 192, kernel_size: 5, padding: 2), ReLU(), MaxPool2d(3, stride: 2),
        Conv2d(192, 384, kernel_size: 3, padding: 1), ReLU(),
        Conv2d(384, 256, kernel_size: 3, padding: 1), ReLU(),
        Conv2d(256, LastMaps, kernel_size: 3, padding: 1), ReLU(), MaxPool2d(3, stride: 2),
    ]);

    private static Sequential Layers(int classes) => Numbered(
    [
        Dropout(), Linear(LastMaps * PooledEdge * PooledEdge, Hidden), ReLU(),
        Dropout(), Linear(Hidden, Hidden), ReLU(),
        Linear(Hidden, classes),
    ]);
}
