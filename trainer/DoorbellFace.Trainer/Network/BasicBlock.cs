using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Two 3x3 convolutions around which the input is carried past and added (He et al., Deep Residual Learning, 2015, figure 2). Where size or
/// channels change, the carried input goes through a 1x1 convolution. Names as in torchvision.
/// </summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>
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
    public override Tensor forward(Tensor input)
    {
        Tensor carried = _downsample is null ? input : _downsample.forward(input);
        Tensor output = functional.relu(_bn1.forward(_conv1.forward(input)));
        output = _bn2.forward(_conv2.forward(output));
        return functional.relu(output + carried);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _conv1.Dispose();
            _conv2.Dispose();
            _bn1.Dispose();
            _bn2.Dispose();
            _downsample?.Dispose();
        }
        base.Dispose(disposing);
    }
}
