using DoorbellFace.Trainer.Network;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Network;

/// <summary>Computed with 16 bits, networks answer and learn as with floats, but for the rounding.</summary>
public class MixedPrecisionTests
{
    /// <summary>bfloat16 has 8 bits: a sum of many rounded products is off by a part in some hundreds of its largest values.</summary>
    private const double Rounding = 0.02;

    [MixedPrecisionTheory]
    // Maps of 20 pixels are taken one by one, those up to 8 side by side: odd and even widths, with and without a step, with and without
    // offsets.
    [InlineData(20, 3, 1, 1, false)]
    [InlineData(20, 7, 2, 3, true)]
    [InlineData(7, 3, 1, 1, true)]
    [InlineData(5, 3, 1, 1, false)]
    [InlineData(5, 3, 2, 1, false)]
    [InlineData(10, 3, 2, 1, true)]
    [InlineData(3, 3, 1, 1, false)]
    [InlineData(4, 3, 2, 1, false)]
    [InlineData(5, 1, 2, 0, false)]
    public void A_convolution_and_its_gradients_are_those_of_floats(int size, int kernel, int stride, int padding, bool offset)
    {
        manual_seed(7);
        using var scope = NewDisposeScope();
        using Conv2d convolution = nn.Conv2d(24, 40, kernel_size: kernel, stride: stride, padding: padding, bias: offset);
        Tensor input = randn(6, 24, size, size), wanted = randn_like(convolution.forward(input));

        Tensor[] exact = Gradients(TorchOperations.Instance), rounded = Gradients(MixedPrecisionOperations.Instance);

        Assert.All(exact.Zip(rounded), pair => AssertNear(pair.First, pair.Second));

        Tensor[] Gradients(TorchOperations operations)
        {
            using Tensor seen = input.clone().requires_grad_();
            convolution.zero_grad();
            Tensor output = operations.Layer(convolution, seen).to_type(ScalarType.Float32);
            (output * wanted).sum().backward();
            return [output.detach().clone(), seen.grad!.clone(), convolution.weight.grad!.clone()];
        }
    }

    [MixedPrecisionTheory]
    [InlineData("resnet18")]
    [InlineData("squeezenet1_0")]
    [InlineData("densenet121")]
    [InlineData(BackboneClassifier.KindName)]
    public void A_network_answers_as_with_floats(string name)
    {
        NetworkKind kind = NetworkKind.Named(name);
        manual_seed(7);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using FaceNetwork network = kind.Create(5);
        FormulaWeights.Fill(network);
        network.eval();
        int size = Math.Max(kind.SmallestSize, 80);
        Tensor input = randn(3, network.Channels, size, size);

        Tensor exact = network.forward(input), rounded = network.Describe(MixedPrecisionOperations.Instance, input);

        Assert.Equal(ScalarType.Float32, rounded.dtype);
        AssertNear(exact, rounded, 3 * Rounding);
    }

    private static void AssertNear(Tensor exact, Tensor rounded, double tolerance = Rounding)
    {
        Assert.Equal(exact.shape, rounded.shape);
        double largest = exact.abs().max().item<float>(), off = (exact - rounded).abs().max().item<float>();
        Assert.True(off <= tolerance * largest, $"off by {off:0.0000} where the largest value is {largest:0.0000}");
    }
}
