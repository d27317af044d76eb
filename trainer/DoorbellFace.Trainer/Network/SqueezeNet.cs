using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// SqueezeNet 1.0 (Iandola et al. 2016), as torchvision has it. Its last layer is a convolution: every place of the last maps votes, and
/// the mean of the votes decides. The features are therefore maps; the embedding is their mean.
/// </summary>
internal sealed class SqueezeNet : FaceNetwork
{
    private const int LastMaps = 512;

    private readonly Sequential _features, _classifier;
    private readonly Dropout _dropout = Dropout();
    private readonly Conv2d _lastLayer;

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="classes">Labels to tell apart, 1 or more.</param>
    public SqueezeNet(int classes)
        : base(nameof(SqueezeNet))
    {
        _features = Sequential(
            ("0", Conv2d(3, 96, kernel_size: 7, stride: 2)), ("1", ReLU()), ("2", MaxPool2d(3, stride: 2, ceil_mode: true)),
            ("3", new FireModule(96, 16, 64)), ("4", new FireModule(128, 16, 64)), ("5", new FireModule(128, 32, 128)),
                ("6", MaxPool2d(3, stride: 2, ceil_mode: true)),
            ("7", new FireModule(256, 32, 128)), ("8", new FireModule(256, 48, 192)), ("9", new FireModule(384, 48, 192)),
                ("10", new FireModule(384, 64, 256)),
            ("11", MaxPool2d(3, stride: 2, ceil_mode: true)), ("12", new FireModule(LastMaps, 64, 256)));
        _lastLayer = Conv2d(LastMaps, classes, kernel_size: 1);
        _classifier = Sequential(("0", _dropout), ("1", _lastLayer));
        register_module("features", _features);
        register_module("classifier", _classifier);
        StartValues.ConvolutionsEvenly(this);
        init.normal_(_lastLayer.weight!, 0, 0.01);
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> LastLayer => _lastLayer;

    /// <inheritdoc/>
    protected override IEnumerable<Module<Tensor, Tensor>> HeadLayers => [_dropout, _lastLayer];

    /// <inheritdoc/>
    public override TValue Features<TValue>(ILayerOperations<TValue> operations, TValue input) => operations.Run(_features, input);

    /// <inheritdoc/>
    public override TValue Embedding<TValue>(ILayerOperations<TValue> operations, TValue features) =>
        operations.Flatten(operations.AveragePool(1, features));

    /// <inheritdoc/>
    public override TValue Head<TValue>(ILayerOperations<TValue> operations, TValue features)
    {
        TValue votes = operations.Activate(Activation.Relu, operations.Run(_classifier, features));
        return operations.Flatten(operations.AveragePool(1, votes));
    }
}
