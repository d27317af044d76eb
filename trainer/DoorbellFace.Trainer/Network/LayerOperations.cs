using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>Goes through the layers that are made of layers.</summary>
internal static class LayerOperations
{
    /// <summary>
    /// What <paramref name="layer"/> makes of <paramref name="input"/>: layer after layer of a sequence, the inside of a composed layer.
    /// </summary>
    public static TValue Run<TValue>(this ILayerOperations<TValue> operations, Module<Tensor, Tensor> layer, TValue input) => layer switch
    {
        ComposedLayer composed => composed.Describe(operations, input),
        Sequential sequence => operations.RunAll(sequence.Parts(), input),
        _ => operations.Layer(layer, input),
    };

    /// <summary>One layer after the other.</summary>
    public static TValue RunAll<TValue>(this ILayerOperations<TValue> operations, IEnumerable<Module<Tensor, Tensor>> layers, TValue input)
    {
        TValue value = input;
        foreach (Module<Tensor, Tensor> layer in layers)
        {
            TValue next = operations.Run(layer, value);
            // What lies between two layers of a sequence is nobody else's. Without this a batch of VGG16's maps would stay until the end: 2
            // GB.
            if (!ReferenceEquals(value, input) && !ReferenceEquals(value, next)) operations.Release(value);
            value = next;
        }
        return value;
    }

    /// <summary>The layers of a sequence, in order.</summary>
    public static IEnumerable<Module<Tensor, Tensor>> Parts(this Sequential sequence) => sequence.children().Cast<Module<Tensor, Tensor>>();
}
