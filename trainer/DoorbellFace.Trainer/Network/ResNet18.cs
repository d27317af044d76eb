using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// ResNet18 (He et al. 2015), parameter for parameter torchvision's: the same names in the state dict, the same shapes, the same start
/// values, so that weights can go from one to the other. The input may have any size from 32 pixels on. With a third block in layer4 it is
/// what ML.NET's featurizer calls ResNet18 (<see cref="Weights.FeaturizerPackage"/>).
/// </summary>
internal sealed class ResNet18 : FaceNetwork
{
    private const int UsualBlocks = 2;

    private static readonly int[] ChannelsOfLayer = [64, 128, 256, 512];

    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly MaxPool2d _maxpool = MaxPool2d(3, stride: 2, padding: 1);
    private readonly Sequential[] _layers;
    private readonly Linear _fc;

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="classes">Labels to tell apart, 1 or more.</param>
    /// <param name="lastBlocks">Blocks in layer4, 1 or more; the other layers have two.</param>
    public ResNet18(int classes, int lastBlocks = UsualBlocks)
        : base(nameof(ResNet18))
    {
        _conv1 = Conv2d(3, ChannelsOfLayer[0], kernel_size: 7, stride: 2, padding: 3, bias: false);
        _bn1 = BatchNorm2d(ChannelsOfLayer[0]);
        _layers = new Sequential[ChannelsOfLayer.Length];
        int channels = ChannelsOfLayer[0];
        for (int i = 0; i < _layers.Length; i++)
        {
            int blocks = i == _layers.Length - 1 ? lastBlocks : UsualBlocks;
            _layers[i] = Sequential();
            for (int block = 0; block < blocks; block++)
            {
                _layers[i].append($"{block}", new BasicBlock(channels, ChannelsOfLayer[i], stride: i > 0 && block == 0 ? 2 : 1));
                channels = ChannelsOfLayer[i];
            }
        }
        _fc = Linear(channels, classes);

        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        for (int i = 0; i < _layers.Length; i++) register_module($"layer{i + 1}", _layers[i]);
        register_module("fc", _fc);
        StartValues.ConvolutionsByFanOut(this);
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> LastLayer => _fc;

    /// <inheritdoc/>
    protected override IEnumerable<Module<Tensor, Tensor>> HeadLayers => [_fc];

    /// <summary>What the last layer sees of a face: the mean of the last 512 feature maps.</summary>
    public override TValue Features<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue maps = operations.Activate(Activation.Relu, operations.Layer(_bn1, operations.Layer(_conv1, input)));
        maps = operations.RunAll(_layers, operations.Layer(_maxpool, maps));
        return operations.Flatten(operations.AveragePool(1, maps));
    }

    /// <inheritdoc/>
    public override TValue Head<TValue>(ILayerOperations<TValue> operations, TValue features) => operations.Layer(_fc, features);
}
