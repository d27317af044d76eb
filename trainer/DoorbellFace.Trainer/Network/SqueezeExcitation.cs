using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Weighs the channels by what all of the picture shows (Hu et al., Squeeze-and-Excitation Networks, 2017). Names as in torchvision.
/// </summary>
internal sealed class SqueezeExcitation : ComposedLayer
{
    private readonly Conv2d _fc1, _fc2;
    private readonly Activation _activation, _gate;

    /// <summary>Creates the layer.</summary>
    /// <param name="channels">Channels that are weighed.</param>
    /// <param name="squeezed">Channels in the middle.</param>
    /// <param name="activation">In the middle.</param>
    /// <param name="gate">Brings the weights into 0 to 1.</param>
    public SqueezeExcitation(int channels, int squeezed, Activation activation, Activation gate)
        : base(nameof(SqueezeExcitation))
    {
        _fc1 = Conv2d(channels, squeezed, kernel_size: 1);
        _fc2 = Conv2d(squeezed, channels, kernel_size: 1);
        _activation = activation;
        _gate = gate;
        register_module("fc1", _fc1);
        register_module("fc2", _fc2);
    }

    /// <inheritdoc/>
    public override TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue squeezed = operations.Activate(_activation, operations.Layer(_fc1, operations.AveragePool(1, input)));
        return operations.Multiply(input, operations.Activate(_gate, operations.Layer(_fc2, squeezed)));
    }
}
