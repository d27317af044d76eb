using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Two 3x3 convolutions around which the input is carried past and added (He et al., Deep Residual Learning, 2015, figure 2). Where size or
/// channels change, the carried input goes through a 1x1 convolution. Names as in torchvision.
/// </summary>
internal sealed class BasicBlock : ComposedLayer
{
    private readonly Conv2d _conv1, _conv2;
    private readonly BatchNorm2d _bn1, _bn2;
    private readonly Sequential? _downsample;

    /// <summary>Creates the block.</summary>
    /// <param name="inputChannels">Channels that come in.</param>
    /// <param name="outputChannels">Channels that go out.</param>
    /// <param name="stride">1, or 2 to halve width and height.</param>
    public BasicBlock(int inputChannels, int outputChannels, int stride)
        : base(nameof(BasicBlock))
    {
        _conv1 = Conv2d(inputChannels, outputChannels, kernel_size: 3, stride: stride, padding: 1, bias: false);
        _bn1 = BatchNorm2d(outputChannels);
        _conv2 = Conv2d(outputChannels, outputChannels, kernel_size: 3, padding: 1, bias: false);
        _bn2 = BatchNorm2d(outputChannels);
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        register_module("conv2", _conv2);
        register_module("bn2", _bn2);
        if (stride == 1 && inputChannels == outputChannels) return;
        _downsample = Sequential(
            ("0", Conv2d(inputChannels, outputChannels, kernel_size: 1, stride: stride, bias: false)),
            ("1", BatchNorm2d(outputChannels)));
        register_module("downsample", _downsample);
    }

    /// <inheritdoc/>
    public override TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue carried = _downsample is null ? input : operations.Run(_downsample, input);
        TValue output = operations.Activate(Activation.Relu, operations.Layer(_bn1, operations.Layer(_conv1, input)));
        output = operations.Layer(_bn2, operations.Layer(_conv2, output));
        return operations.Activate(Activation.Relu, operations.Add(output, carried));
    }
}
