using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Whether convolutions of 16 bits come out right on this processor. On an AMD EPYC with AVX512-BF16 those of this libtorch were off by a
/// fifth of the largest value, and a training went on for an hour, quietly, and learnt the wrong thing; an Intel Xeon with AMX and an EPYC
/// of family 26 compute them well.
/// </summary>
internal static class MixedPrecisionCheck
{
    /// <summary>Rounding to 8 bits of precision stays far below this part of the largest value.</summary>
    private const float Tolerance = 0.05f;

    private static readonly Lazy<string?> Answer = new(Look);

    /// <summary>What is wrong, as a sentence; null where all is well.</summary>
    public static string? Complaint => Answer.Value;

    /// <summary>Computes one convolution both ways.</summary>
    internal static string? Look()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        // A check must not change what a seed gives: a layer's start values come from torch's own generator.
        using Tensor state = get_rng_state();
        using Conv2d convolution = nn.Conv2d(24, 40, kernel_size: 3, padding: 1);
        set_rng_state(state);
        float[] picture = [.. Enumerable.Range(0, 2 * 24 * 20 * 20).Select(i => MathF.Sin(i * 0.37f))],
            weights = [.. Enumerable.Range(0, 40 * 24 * 3 * 3).Select(i => MathF.Cos(i * 0.71f) / 15)];
        convolution.weight = new TorchSharp.Modules.Parameter(TorchOperations.Copy(weights, 40, 24, 3, 3));
        convolution.bias = new TorchSharp.Modules.Parameter(zeros(40));
        Tensor input = TorchOperations.Copy(picture, 2, 24, 20, 20);
        return Compare(TorchOperations.Instance.Layer(convolution, input),
            MixedPrecisionOperations.Instance.Layer(convolution, input).to_type(ScalarType.Float32));
    }

    /// <summary>What is wrong with an answer of 16 bits beside one of 32.</summary>
    internal static string? Compare(Tensor exact, Tensor rounded)
    {
        float largest = exact.abs().max().item<float>(), off = (exact - rounded).abs().max().item<float>();
        return off <= Tolerance * largest
            ? null
            : $"On this processor torch computes convolutions of 16 bits wrongly: off by {off:0.00} where the largest value is "
                + $"{largest:0.00}. Leave out --mixed-precision, or set ONEDNN_MAX_CPU_ISA=AVX2 in the environment.";
    }
}
