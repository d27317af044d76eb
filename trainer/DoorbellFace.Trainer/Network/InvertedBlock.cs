using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>What an <see cref="InvertedBlock"/> is made of.</summary>
/// <param name="Kernel">Edge of the filters that look at one channel each.</param>
/// <param name="Input">Channels that come in.</param>
/// <param name="Expanded">Channels in between; where they are as many as come in, nothing is expanded.</param>
/// <param name="Output">Channels that go out.</param>
/// <param name="Stride">1, or 2 to halve width and height.</param>
/// <param name="Squeezed">Channels in the middle of the squeeze and excitation; 0 for none.</param>
/// <param name="Activation">Between the layers.</param>
/// <param name="Gate">At the end of the squeeze and excitation.</param>
/// <param name="SqueezeActivation">In the middle of the squeeze and excitation.</param>
/// <param name="DropProbability">Part of the pictures for which this block is left out in training; 0 for none.</param>
internal sealed record InvertedBlockShape(
    int Kernel, int Input, int Expanded, int Output, int Stride, int Squeezed, Activation Activation, Activation SqueezeActivation,
        Activation Gate, double DropProbability = 0);

/// <summary>
/// The block of MobileNetV3 and EfficientNet (inverted residual, MBConv): 1x1 convolution to many channels, a filter for each channel by
/// itself, squeeze and excitation, 1x1 convolution to few channels; added to what came in where the shapes allow it. Names as in
/// torchvision.
/// </summary>
internal sealed class InvertedBlock : ComposedLayer
{
    private readonly Sequential _block;
    private readonly StochasticDepth? _stochasticDepth;
    private readonly bool _isResidual;

    /// <summary>Creates the block.</summary>
    /// <param name="shape">What it is made of.</param>
    /// <param name="normalization">Makes the normalisation of that many channels.</param>
    public InvertedBlock(InvertedBlockShape shape, Func<int, BatchNorm2d> normalization)
        : base(nameof(InvertedBlock))
    {
        List<Module<Tensor, Tensor>> layers = [];
        if (shape.Expanded != shape.Input)
            layers.Add(ConvolutionUnit.Create(shape.Input, shape.Expanded, 1, 1, 1, normalization, shape.Activation));
        layers.Add(ConvolutionUnit.Create(shape.Expanded, shape.Expanded, shape.Kernel, shape.Stride, groups: shape.Expanded, normalization,
            shape.Activation));
        if (shape.Squeezed > 0) layers.Add(new SqueezeExcitation(shape.Expanded, shape.Squeezed, shape.SqueezeActivation, shape.Gate));
        layers.Add(ConvolutionUnit.Create(shape.Expanded, shape.Output, 1, 1, 1, normalization, activation: null));
        _block =
            Sequential(
                [.. layers.Index().Select(item => (item.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), item.Item))]);
        _isResidual = shape.Stride == 1 && shape.Input == shape.Output;
        register_module("block", _block);
        if (!_isResidual || shape.DropProbability == 0) return;
        _stochasticDepth = new StochasticDepth(shape.DropProbability);
        register_module("stochastic_depth", _stochasticDepth);
    }

    /// <inheritdoc/>
    public override TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue value = operations.Run(_block, input);
        if (_stochasticDepth is not null) value = operations.Layer(_stochasticDepth, value);
        return _isResidual ? operations.Add(value, input) : value;
    }
}
