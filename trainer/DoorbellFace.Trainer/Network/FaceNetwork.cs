using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// A network that tells faces apart: features, which may come from another task, and a head, which is this task's own. The head ends in the
/// one layer whose size is the number of labels; it is what transfer learning replaces.
/// </summary>
internal abstract class FaceNetwork : ComposedLayer
{
    private bool _featuresAreFrozen, _featuresAreSettled;

    /// <summary>Creates the base.</summary>
    /// <param name="name">What torch calls it in messages.</param>
    protected FaceNetwork(string name)
        : base(name)
    {
    }

    /// <summary>Channels of the input: three, which are alike for gray pictures, unless the network says otherwise.</summary>
    public virtual int Channels => 3;

    /// <summary>The layer that gives a number for each label: a <see cref="Linear"/>, or a <see cref="Conv2d"/> of 1x1.</summary>
    public abstract Module<Tensor, Tensor> LastLayer { get; }

    /// <summary>That layer's name in the state dict, such as "fc" or "classifier.6".</summary>
    public string LastLayerName => named_modules().First(entry => ReferenceEquals(entry.module, LastLayer)).name;

    /// <summary>Labels that it tells apart.</summary>
    public int Classes => (int)(LastLayer is Linear linear ? linear.out_features : ((Conv2d)LastLayer).out_channels);

    /// <summary>Numbers in an embedding.</summary>
    public int EmbeddingLength => (int)(LastLayer is Linear linear ? linear.in_features : ((Conv2d)LastLayer).in_channels);

    /// <summary>The layers that <see cref="Head{TValue}"/> goes through; all others belong to the features.</summary>
    protected abstract IEnumerable<Module<Tensor, Tensor>> HeadLayers { get; }

    /// <summary>What the head is given: a vector, or maps.</summary>
    public abstract TValue Features<TValue>(ILayerOperations<TValue> operations, TValue input);

    /// <summary>The features as a vector: N x <see cref="EmbeddingLength"/>.</summary>
    public virtual TValue Embedding<TValue>(ILayerOperations<TValue> operations, TValue features) => features;

    /// <summary>The logits of features: N x classes.</summary>
    public abstract TValue Head<TValue>(ILayerOperations<TValue> operations, TValue features);

    /// <inheritdoc/>
    public sealed override TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input) =>
        Head(operations, Features(operations, input));

    /// <summary>What the head is given of a batch, N x 3 x height x width.</summary>
    public Tensor Features(Tensor input) => Features(TorchOperations.Instance, input);

    /// <summary>What is kept of a face to compare it with others.</summary>
    /// <param name="input">N x 3 x height x width.</param>
    /// <returns>N x <see cref="EmbeddingLength"/>.</returns>
    public Tensor Embed(Tensor input) => Embedding(TorchOperations.Instance, Features(input));

    /// <summary>The logits of <see cref="Features(Tensor)"/>: N x classes.</summary>
    public Tensor Head(Tensor features) => Head(TorchOperations.Instance, features);

    /// <summary>
    /// From now on only the last layer learns. The layers before it stay in evaluation mode even while training: neither dropout nor the
    /// batch's own mean disturbs them, so the features of a picture are always the same and need to be computed only once.
    /// </summary>
    public void FreezeFeatures()
    {
        _featuresAreFrozen = true;
        foreach (Parameter parameter in parameters()) parameter.requires_grad = false;
        foreach (Parameter parameter in LastLayer.parameters()) parameter.requires_grad = true;
        train(training);
    }

    /// <inheritdoc/>
    public override void train(bool on = true)
    {
        if (!_featuresAreFrozen)
        {
            base.train(on);
            return;
        }
        // Going through all layers takes longer than an epoch over kept features, and once is enough.
        if (!_featuresAreSettled) base.train(false);
        _featuresAreSettled = true;
        foreach (Module<Tensor, Tensor> layer in HeadLayers) layer.train(on);
    }
}
