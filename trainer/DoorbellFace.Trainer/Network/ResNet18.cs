using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// ResNet18 (He et al. 2015), parameter for parameter torchvision's: the same names in the state dict, the same shapes, the same start
/// values, so that weights can go from one to the other. The input may have any size from 32 pixels on.
/// </summary>
internal sealed class ResNet18 : Module<Tensor, Tensor>
{
    /// <summary>Numbers in an embedding.</summary>
    public const int EmbeddingLength = 512;

    /// <summary>What torchvision's batch normalisation adds to the variance before its root.</summary>
    public const double NormalizationEpsilon = 1e-5;

    private static readonly int[] ChannelsOfLayer = [64, 128, 256, EmbeddingLength];

    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Sequential[] _layers;
    private readonly Linear _fc;

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="classes">Labels to tell apart, 1 or more.</param>
    public ResNet18(int classes)
        : base(nameof(ResNet18))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        _conv1 = Conv2d(3, ChannelsOfLayer[0], kernel_size: 7, stride: 2, padding: 3, bias: false);
        _bn1 = BatchNorm2d(ChannelsOfLayer[0]);
        _layers = new Sequential[ChannelsOfLayer.Length];
        int channels = ChannelsOfLayer[0];
        for (int i = 0; i < _layers.Length; i++)
        {
            int stride = i == 0 ? 1 : 2;
            _layers[i] = Sequential(
                ("0", new BasicBlock(channels, ChannelsOfLayer[i], stride)),
                ("1", new BasicBlock(ChannelsOfLayer[i], ChannelsOfLayer[i], stride: 1)));
            channels = ChannelsOfLayer[i];
        }
        _fc = Linear(EmbeddingLength, classes);

        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        for (int i = 0; i < _layers.Length; i++) register_module($"layer{i + 1}", _layers[i]);
        register_module("fc", _fc);
        // torchvision's start: He et al. 2015 (Delving Deep into Rectifiers), fan-out. Normalisations start at 1 and 0, the last layer as every Linear.
        foreach (Conv2d convolution in modules().OfType<Conv2d>())
            init.kaiming_normal_(convolution.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
    }

    /// <summary>Labels that it tells apart.</summary>
    public int Classes => (int)_fc.out_features;

    /// <summary>What the last layer sees of a face: the mean of the last 512 feature maps.</summary>
    /// <param name="input">N x 3 x height x width.</param>
    /// <returns>N x 512.</returns>
    public Tensor Embed(Tensor input)
    {
        Tensor features = functional.relu(_bn1.forward(_conv1.forward(input)));
        features = functional.max_pool2d(features, kernel_size: 3, stride: 2, padding: 1);
        foreach (Sequential layer in _layers) features = layer.forward(features);
        return functional.adaptive_avg_pool2d(features, 1).flatten(1);
    }

    /// <summary>The logits of an embedding: N x classes.</summary>
    public Tensor Head(Tensor embedding) => _fc.forward(embedding);

    /// <summary>The logits of a batch.</summary>
    /// <param name="input">N x 3 x height x width.</param>
    /// <returns>N x classes.</returns>
    public override Tensor forward(Tensor input) => Head(Embed(input));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _conv1.Dispose();
            _bn1.Dispose();
            foreach (Sequential layer in _layers) layer.Dispose();
            _fc.Dispose();
        }
        base.Dispose(disposing);
    }
}
