using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// The face backbone and, on top of it, a layer that knows the labels. That layer sees the embedding's direction only, as the host's
/// gallery does (Wang et al., NormFace, 2017): what fine-tuning teaches the classifier brings each person's embeddings together, and not
/// merely makes them longer.
/// </summary>
internal sealed class BackboneClassifier : FaceNetwork
{
    /// <summary>The network's name on the command line and in files.</summary>
    public const string KindName = "face_backbone";

    /// <summary>
    /// Logit of a face in the very direction of its label's weights, at the start. Cosines lie within -1 and 1, which as logits could never
    /// make a label sure; 16 gives 0.99 for one of 15 labels when it is right by half a cosine.
    /// </summary>
    private const float StartScale = 16;

    private readonly FaceBackbone _backbone = new();
    private readonly Linear _classifier;
    private bool _statisticsAreHeld;

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="classes">Labels to tell apart, 1 or more.</param>
    public BackboneClassifier(int classes)
        : base(nameof(BackboneClassifier))
    {
        _classifier = Linear(FaceBackbone.EmbeddingLength, classes);
        // Its parts, by their own names, and not the backbone as a whole: TorchSharp registers the fields of a module of ours a second time
        // when it becomes part of another, and the state dict would hold everything twice.
        foreach ((string name, Module part) in _backbone.named_children()) register_module(name, part);
        register_module("classifier", _classifier);
    }

    /// <summary>The part that comes from pre-training.</summary>
    public FaceBackbone Backbone => _backbone;

    /// <inheritdoc/>
    public override int Channels => FaceBackbone.Channels;

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> LastLayer => _classifier;

    /// <inheritdoc/>
    protected override IEnumerable<Module<Tensor, Tensor>> HeadLayers => [_classifier];

    /// <summary>The embedding, not yet of length 1: N x 256.</summary>
    public override TValue Features<TValue>(ILayerOperations<TValue> operations, TValue input) => _backbone.Describe(operations, input);

    /// <inheritdoc/>
    public override TValue Head<TValue>(ILayerOperations<TValue> operations, TValue features) =>
        operations.Layer(_classifier, operations.Normalize(features));

    /// <summary>
    /// From now on the normalisations keep the means and variances that they came with, also in training; their scales and offsets go on
    /// learning. A family is a handful of people: statistics over a batch of them would be theirs, and everything learnt about thousands of
    /// others would be measured by it. And an exported backbone has no statistics any more (<see cref="Weights.BackboneWeights"/>).
    /// </summary>
    public void HoldStatistics()
    {
        _statisticsAreHeld = true;
        train(training);
    }

    /// <summary>
    /// Starts the classifier where a gallery is: each label's weights point to the mean of its faces (Qi et al., Low-Shot Learning with
    /// Imprinted Weights, 2018). A random start would tear the backbone about before it knows a single label.
    /// </summary>
    /// <param name="embeddings">N x 256.</param>
    /// <param name="labels">N class indices; each label at least once.</param>
    public void Imprint(Tensor embeddings, IReadOnlyList<int> labels)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor directions = functional.normalize(embeddings, dim: 1);
        for (int label = 0; label < Classes; label++)
        {
            long[] rows = [.. Enumerable.Range(0, labels.Count).Where(i => labels[i] == label).Select(i => (long)i)];
            Tensor mean = directions.index_select(0, from_array(rows)).mean([0L]);
            _classifier.weight![label].copy_(StartScale * functional.normalize(mean, dim: 0));
        }
        _classifier.bias!.zero_();
    }

    /// <inheritdoc/>
    public override void train(bool on = true)
    {
        base.train(on);
        if (!on || !_statisticsAreHeld) return;
        foreach (Module module in _backbone.modules().Where(module => module is NormBase)) module.eval();
    }
}
