using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>Layers of which each sees what all before it have made. Names as in torchvision.</summary>
internal sealed class DenseBlock : ComposedLayer
{
    private readonly DenseLayer[] _layers;

    /// <summary>Creates the block.</summary>
    /// <param name="inputChannels">Channels that come in.</param>
    /// <param name="layers">How many layers.</param>
    public DenseBlock(int inputChannels, int layers)
        : base(nameof(DenseBlock))
    {
        _layers = [.. Enumerable.Range(0, layers).Select(i => new DenseLayer(inputChannels + (i * DenseLayer.Growth)))];
        OutputChannels = inputChannels + (layers * DenseLayer.Growth);
        for (int i = 0; i < layers; i++) register_module("denselayer" + (i + 1).ToString(CultureInfo.InvariantCulture), _layers[i]);
    }

    /// <summary>Channels that go out: those that came in, and what each layer adds.</summary>
    public int OutputChannels { get; }

    /// <inheritdoc/>
    public override TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        List<TValue> made = [input];
        TValue all = input;
        foreach (DenseLayer layer in _layers)
        {
            made.Add(layer.Describe(operations, all));
            all = operations.Concatenate(made);
        }
        return all;
    }

    /// <summary>Normalise, 1x1 convolution to 128 channels, normalise, 3x3 convolution to the 32 new ones.</summary>
    private sealed class DenseLayer : ComposedLayer
    {
        public const int Growth = 32;

        private const int Bottleneck = 4 * Growth;

        private readonly BatchNorm2d _norm1, _norm2;
        private readonly Conv2d _conv1, _conv2;

        public DenseLayer(int inputChannels)
            : base(nameof(DenseLayer))
        {
            _norm1 = BatchNorm2d(inputChannels);
            _conv1 = Conv2d(inputChannels, Bottleneck, kernel_size: 1, bias: false);
            _norm2 = BatchNorm2d(Bottleneck);
            _conv2 = Conv2d(Bottleneck, Growth, kernel_size: 3, padding: 1, bias: false);
            register_module("norm1", _norm1);
            register_module("conv1", _conv1);
            register_module("norm2", _norm2);
            register_module("conv2", _conv2);
        }

        public override TValue Describe<TValue>(ILayerOperations<TValue> operations, TValue input)
        {
            TValue value = operations.Layer(_conv1, operations.Activate(Activation.Relu, operations.Layer(_norm1, input)));
            return operations.Layer(_conv2, operations.Activate(Activation.Relu, operations.Layer(_norm2, value)));
        }
    }
}
