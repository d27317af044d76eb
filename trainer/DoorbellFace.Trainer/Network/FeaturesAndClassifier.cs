using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// The form that most of torchvision's networks have: "features", a mean over a fixed number of places, and "classifier", whose last layer
/// (with the dropout before it, if there is one) is the head.
/// </summary>
internal abstract class FeaturesAndClassifier : FaceNetwork
{
    private readonly Sequential _features, _classifier;
    private readonly int _pooledEdge;
    private readonly Module<Tensor, Tensor>[] _hidden, _head;

    /// <summary>Puts the parts together.</summary>
    /// <param name="name">What torch calls it in messages.</param>
    /// <param name="features">The convolutions.</param>
    /// <param name="pooledEdge">The last maps are brought to this many places in each direction.</param>
    /// <param name="classifier">The rest, ending in the layer whose size is the number of labels.</param>
    protected FeaturesAndClassifier(string name, Sequential features, int pooledEdge, Sequential classifier)
        : base(name)
    {
        _features = features;
        _pooledEdge = pooledEdge;
        _classifier = classifier;
        register_module("features", _features);
        register_module("classifier", _classifier);
        Module<Tensor, Tensor>[] parts = [.. _classifier.Parts()];
        int headLength = parts.Length > 1 && parts[^2] is Dropout ? 2 : 1;
        _hidden = parts[..^headLength];
        _head = parts[^headLength..];
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> LastLayer => _head[^1];

    /// <inheritdoc/>
    protected override IEnumerable<Module<Tensor, Tensor>> HeadLayers => _head;

    /// <inheritdoc/>
    public override TValue Features<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue maps = operations.Run(_features, input);
        return operations.RunAll(_hidden, operations.Flatten(operations.AveragePool(_pooledEdge, maps)));
    }

    /// <inheritdoc/>
    public override TValue Head<TValue>(ILayerOperations<TValue> operations, TValue features) => operations.RunAll(_head, features);

    /// <summary>A sequence whose layers are called "0", "1", and so on.</summary>
    protected static Sequential Numbered(IEnumerable<Module<Tensor, Tensor>> layers) =>
        Sequential([.. layers.Index().Select(item => (item.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), item.Item))]);
}
