using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// DenseNet-121 (Huang et al., Densely Connected Convolutional Networks, 2016, DenseNet-BC, growth 32), as torchvision has it.
/// </summary>
internal sealed class DenseNet121 : FaceNetwork
{
    private static readonly int[] LayersOfBlock = [6, 12, 24, 16];

    private readonly Sequential _features;
    private readonly Linear _classifier;

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="classes">Labels to tell apart, 1 or more.</param>
    public DenseNet121(int classes)
        : base(nameof(DenseNet121))
    {
        int channels = 64;
        var parts = new List<(string, Module<Tensor, Tensor>)>
        {
            ("conv0", Conv2d(3, channels, kernel_size: 7, stride: 2, padding: 3, bias: false)), ("norm0", BatchNorm2d(channels)),
                ("relu0", ReLU()), ("pool0", MaxPool2d(3, stride: 2, padding: 1)),
        };
        for (int i = 0; i < LayersOfBlock.Length; i++)
        {
            string number = (i + 1).ToString(CultureInfo.InvariantCulture);
            var block = new DenseBlock(channels, LayersOfBlock[i]);
            parts.Add(("denseblock" + number, block));
            channels = block.OutputChannels;
            if (i == LayersOfBlock.Length - 1) break;
            parts.Add(("transition" + number, Transition(channels)));
            channels /= 2;
        }
        parts.Add(("norm5", BatchNorm2d(channels)));
        _features = Sequential([.. parts]);
        _classifier = Linear(channels, classes);
        register_module("features", _features);
        register_module("classifier", _classifier);
        StartValues.ConvolutionsByFanIn(this);
        StartValues.LinearsWithoutBias(this);
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> LastLayer => _classifier;

    /// <inheritdoc/>
    protected override IEnumerable<Module<Tensor, Tensor>> HeadLayers => [_classifier];

    /// <inheritdoc/>
    public override TValue Features<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue maps = operations.Activate(Activation.Relu, operations.Run(_features, input));
        return operations.Flatten(operations.AveragePool(1, maps));
    }

    /// <inheritdoc/>
    public override TValue Head<TValue>(ILayerOperations<TValue> operations, TValue features) => operations.Layer(_classifier, features);

    /// <summary>Between two blocks channels and maps are halved.</summary>
    private static Sequential Transition(int channels) => Sequential(
        ("norm", BatchNorm2d(channels)),
        ("relu", ReLU()),
        ("conv", Conv2d(channels, channels / 2, kernel_size: 1, bias: false)),
        ("pool", AvgPool2d(2, stride: 2)));
}
