using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// What a network does with the values that pass through it. A network says once, in these words, how its layers hang together; said to
/// <see cref="TorchOperations"/> it computes, said to <see cref="Export.OnnxOperations"/> it is written down. So what is exported cannot
/// differ from what was trained.
/// </summary>
/// <typeparam name="TValue">A tensor, or whatever stands for one.</typeparam>
internal interface ILayerOperations<TValue>
{
    /// <summary>A single layer of TorchSharp's own, or <see cref="StochasticDepth"/>.</summary>
    TValue Layer(Module<Tensor, Tensor> layer, TValue input);

    /// <summary>A function of each number. <paramref name="input"/> is not used again: what it holds afterwards is not said.</summary>
    TValue Activate(Activation activation, TValue input);

    /// <summary>
    /// The mean over rectangles that divide each map into <paramref name="edge"/> x <paramref name="edge"/>, whatever its size.
    /// </summary>
    TValue AveragePool(int edge, TValue input);

    /// <summary>N x C x H x W to N x (C H W).</summary>
    TValue Flatten(TValue input);

    /// <summary>The sum of two values of the same shape, of which <paramref name="one"/> is not used again.</summary>
    TValue Add(TValue one, TValue other);

    /// <summary>The product; <paramref name="factor"/> may be one number for each channel.</summary>
    TValue Multiply(TValue value, TValue factor);

    /// <summary>Each row of N x length, divided by its length in the sense of geometry.</summary>
    TValue Normalize(TValue input);

    /// <summary>The channels of all values, one after the other.</summary>
    TValue Concatenate(IReadOnlyList<TValue> values);

    /// <summary>Says that a value made by an operation is not used again.</summary>
    void Release(TValue value);
}
