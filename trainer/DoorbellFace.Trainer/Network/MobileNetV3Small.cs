using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static DoorbellFace.Trainer.Network.Activation;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// MobileNetV3-Small (Howard et al., Searching for MobileNetV3, 2019, table 2), as torchvision has it: made for small processors.
/// </summary>
internal sealed class MobileNetV3Small : FeaturesAndClassifier
{
    private const int FirstMaps = 16, LastMaps = 576, Hidden = 1024;

    /// <summary>The blocks; squeezed channels are a quarter of the expanded ones, brought to a multiple of 8.</summary>
    private static readonly InvertedBlockShape[] Blocks =
    [
        new(3, FirstMaps, 16, 16, 2, 8, Relu, Relu, HardSigmoid),
        new(3, 16, 72, 24, 2, 0, Relu, Relu, HardSigmoid),
        new(3, 24, 88, 24, 1, 0, Relu, Relu, HardSigmoid),
        new(5, 24, 96, 40, 2, 24, HardSwish, Relu, HardSigmoid),
        new(5, 40, 240, 40, 1, 64, HardSwish, Relu, HardSigmoid),
        new(5, 40, 240, 40, 1, 64, HardSwish, Relu, HardSigmoid),
        new(5, 40, 120, 48, 1, 32, HardSwish, Relu, HardSigmoid),
        new(5, 48, 144, 48, 1, 40, HardSwish, Relu, HardSigmoid),
        new(5, 48, 288, 96, 2, 72, HardSwish, Relu, HardSigmoid),
        new(5, 96, 576, 96, 1, 144, HardSwish, Relu, HardSigmoid),
        new(5, 96, 576, 96, 1, 144, HardSwish, Relu, HardSigmoid),
    ];

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="classes">Labels to tell apart, 1 or more.</param>
    public MobileNetV3Small(int classes)
        : base(nameof(MobileNetV3Small), Convolutions(), pooledEdge: 1,
            Numbered([Linear(LastMaps, Hidden), Hardswish(), Dropout(0.2), Linear(Hidden, classes)]))
    {
        StartValues.ConvolutionsByFanOut(this);
        StartValues.LinearsSmall(this);
    }

    private static Sequential Convolutions() => Numbered(
    [
        ConvolutionUnit.Create(3, FirstMaps, 3, 2, 1, Normalization, HardSwish),
        .. Blocks.Select(shape => new InvertedBlock(shape, Normalization)),
        ConvolutionUnit.Create(Blocks[^1].Output, LastMaps, 1, 1, 1, Normalization, HardSwish),
    ]);

    private static BatchNorm2d Normalization(int channels) => BatchNorm2d(channels, eps: 0.001, momentum: 0.01);
}
