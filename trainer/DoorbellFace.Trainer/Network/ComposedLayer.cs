using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>A layer made of layers, which says how they hang together.</summary>
/// <param name="name">What torch calls it in messages.</param>
internal abstract class ComposedLayer(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>What becomes of <paramref name="input"/>.</summary>
    /// <param name="operations">What to compute with, or to write down with.</param>
    /// <param name="input">What comes in.</param>
    public abstract TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Describe(TorchOperations.Instance, input);
}
