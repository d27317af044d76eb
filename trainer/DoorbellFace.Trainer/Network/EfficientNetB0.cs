using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static DoorbellFace.Trainer.Network.Activation;

namespace DoorbellFace.Trainer.Network;

/// <summary>EfficientNet-B0 (Tan and Le 2019, table 1), as torchvision has it.</summary>
internal sealed class EfficientNetB0 : FeaturesAndClassifier
{
    private const int FirstMaps = 32, LastMaps = 1280;

    /// <summary>Part of the pictures for which the last block would be left out; it rises evenly from none for the first.</summary>
    private const double DeepestDrop = 0.2;

    /// <summary>The stages of table 1: only the first block of each changes size and channels.</summary>
    private static readonly (int Expansion, int Kernel, int Stride, int Input, int Output, int Blocks)[] Stages =
    [
        (1, 3, 1, FirstMaps, 16, 1),
        (6, 3, 2, 16, 24, 2),
        (6, 5, 2, 24, 40, 2),
        (6, 3, 2, 40, 80, 3),
        (6, 5, 1, 80, 112, 3),
        (6, 5, 2, 112, 192, 4),
        (6, 3, 1, 192, 320, 1),
    ];

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="classes">Labels to tell apart, 1 or more.</param>
    public EfficientNetB0(int classes)
        : base(nameof(EfficientNetB0), Convolutions(), pooledEdge: 1, Numbered([Dropout(0.2), Linear(LastMaps, classes)]))
    {
        StartValues.ConvolutionsByFanOut(this);
        StartValues.LinearsByOutputs(this);
    }

    private static Sequential Convolutions()
    {
        List<Module<Tensor, Tensor>> layers = [ConvolutionUnit.Create(3, FirstMaps, 3, 2, 1, Normalization, Silu)];
        int block = 0, blocks = Stages.Sum(stage => stage.Blocks);
        foreach (var stage in Stages)
        {
            int first = block;
            layers.Add(Numbered(Enumerable.Range(0, stage.Blocks).Select(i =>
            {
                int input = i == 0 ? stage.Input : stage.Output;
                var shape = new InvertedBlockShape(
                    stage.Kernel, input, input * stage.Expansion, stage.Output, i == 0
                        ? stage.Stride
                        : 1, input / 4, Silu, Silu, Activation.Sigmoid, DeepestDrop * (first + i) / blocks);
                return new InvertedBlock(shape, Normalization);
            })));
            block += stage.Blocks;
        }
        layers.Add(ConvolutionUnit.Create(Stages[^1].Output, LastMaps, 1, 1, 1, Normalization, Silu));
        return Numbered(layers);
    }

    private static BatchNorm2d Normalization(int channels) => BatchNorm2d(channels);
}
