using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// VGG16 without normalisation (Simonyan and Zisserman, Very Deep Convolutional Networks, 2014, configuration D), as torchvision has it.
/// </summary>
internal sealed class Vgg16 : FeaturesAndClassifier
{
    private const int PooledEdge = 7, Hidden = 4096;

    /// <summary>Maps that each 3x3 convolution makes; between the groups the maps are halved.</summary>
    private static readonly int[][] MapsOfGroup = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]];

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="classes">Labels to tell apart, 1 or more.</param>
    public Vgg16(int classes)
        : base(nameof(Vgg16), Numbered(Convolutions()), PooledEdge, Layers(classes))
    {
        StartValues.ConvolutionsByFanOut(this);
        StartValues.LinearsSmall(this);
    }

    private static IEnumerable<Module<Tensor, Tensor>> Convolutions()
    {
        int input = 3;
        foreach (int[] group in MapsOfGroup)
        {
            foreach (int maps in group)
            {
                yield return Conv2d(input, maps, kernel_size: 3, padding: 1);
                yield return ReLU();
                input = maps;
            }
            yield return MaxPool2d(2, stride: 2);
        }
    }

    private static Sequential Layers(int classes) => Numbered(
    [
        Linear(MapsOfGroup[^1][^1] * PooledEdge * PooledEdge, Hidden), ReLU(), Dropout(),
        Linear(Hidden, Hidden), ReLU(), Dropout(),
        Linear(Hidden, classes),
    ]);
}
