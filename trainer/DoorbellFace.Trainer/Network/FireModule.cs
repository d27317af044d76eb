using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// SqueezeNet's module: few 1x1 filters squeeze the channels, then 1x1 and 3x3 filters side by side expand them again. Names as in
/// torchvision.
/// </summary>
internal sealed class FireModule : ComposedLayer
{
    private readonly Conv2d _squeeze, _expand1x1, _expand3x3;

    /// <summary>Creates the module.</summary>
    /// <param name="inputChannels">Channels that come in.</param>
    /// <param name="squeezed">Channels in between.</param>
    /// <param name="expanded">Channels of each of the two halves that go out.</param>
    public FireModule(int inputChannels, int squeezed, int expanded)
        : base(nameof(FireModule))
    {
        _squeeze = Conv2d(inputChannels, squeezed, kernel_size: 1);
        _expand1x1 = Conv2d(squeezed, expanded, kernel_size: 1);
        _expand3x3 = Conv2d(squeezed, expanded, kernel_size: 3, padding: 1);
        register_module("squeeze", _squeeze);
        register_module("expand1x1", _expand1x1);
        register_module("expand3x3", _expand3x3);
    }

    /// <inheritdoc/>
    public override TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue squeezed = operations.Activate(Activation.Relu, operations.Layer(_squeeze, input));
        return operations.Concatenate(
        [
            operations.Activate(Activation.Relu, operations.Layer(_expand1x1, squeezed)),
            operations.Activate(Activation.Relu, operations.Layer(_expand3x3, squeezed)),
        ]);
    }
}
