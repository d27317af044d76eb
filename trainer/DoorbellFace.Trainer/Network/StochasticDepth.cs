using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// In training, sets what a block adds to zero for some of the pictures and enlarges it for the others, so that the mean stays (Huang et
/// al., Deep Networks with Stochastic Depth, 2016). Otherwise changes nothing.
/// </summary>
/// <param name="probability">Part of the pictures, 0 to below 1.</param>
internal sealed class StochasticDepth(double probability) : Module<Tensor, Tensor>(nameof(StochasticDepth))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (!training || probability == 0) return input;
        double survival = 1 - probability;
        Tensor kept = empty(input.shape[0], 1, 1, 1).bernoulli_(survival).div_(survival);
        return input * kept;
    }
}
