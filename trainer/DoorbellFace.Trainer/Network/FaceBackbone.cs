using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// ResNet18's body over one gray channel, and in place of torchvision's mean over all places a linear layer that sees where on the face
/// each feature is: aligned faces have eyes, nose and mouth always in the same place (Deng et al., ArcFace, 2019, section 3.1, embedding
/// setting E). Names and shapes of the body are torchvision's, but for conv1's single channel.
/// </summary>
internal sealed class FaceBackbone : ComposedLayer
{
    /// <summary>Channels of the input: gray.</summary>
    public const int Channels = 1;

    /// <summary>Numbers in an embedding.</summary>
    public const int EmbeddingLength = 256;

    /// <summary>Edge of the last feature maps: that of an input of 112 pixels. Those of other sizes are brought to it.</summary>
    public const int FeatureEdge = 4;

    private static readonly int[] ChannelsOfLayer = [64, 128, 256, 512];

    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly MaxPool2d _maxpool = MaxPool2d(3, stride: 2, padding: 1);
    private readonly Sequential[] _layers;
    private readonly Linear _fc;
    private readonly BatchNorm1d _bn2;

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    public FaceBackbone()
        : base(nameof(FaceBackbone))
    {
        _conv1 = Conv2d(Channels, ChannelsOfLayer[0], kernel_size: 7, stride: 2, padding: 3, bias: false);
        _bn1 = BatchNorm2d(ChannelsOfLayer[0]);
        _layers = new Sequential[ChannelsOfLayer.Length];
        int channels = ChannelsOfLayer[0];
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = Sequential(
                ("0", new BasicBlock(channels, ChannelsOfLayer[i], stride: i == 0 ? 1 : 2)),
                ("1", new BasicBlock(ChannelsOfLayer[i], ChannelsOfLayer[i], stride: 1)));
            channels = ChannelsOfLayer[i];
        }
        _fc = Linear(channels * FeatureEdge * FeatureEdge, EmbeddingLength, hasBias: false);
        _bn2 = BatchNorm1d(EmbeddingLength);

        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        for (int i = 0; i < _layers.Length; i++) register_module($"layer{i + 1}", _layers[i]);
        register_module("fc", _fc);
        register_module("bn2", _bn2);
        StartValues.ConvolutionsByFanOut(this);
    }

    /// <summary>The embeddings of a batch, not yet of length 1: from N x 1 x size x size to N x 256.</summary>
    public override TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue maps = operations.Activate(Activation.Relu, operations.Layer(_bn1, operations.Layer(_conv1, input)));
        maps = operations.RunAll(_layers, operations.Layer(_maxpool, maps));
        return operations.Layer(_bn2, operations.Layer(_fc, operations.Flatten(operations.AveragePool(FeatureEdge, maps))));
    }
}
