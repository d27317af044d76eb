using System.Text;
using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Network;

/// <summary>
/// Weights and pictures by the formula that tests/fixtures/torchvision/torchvision_answers.py explains: the same numbers on both sides,
/// without a file.
/// </summary>
internal static class FormulaWeights
{
    /// <summary>Sets every tensor of the state dict.</summary>
    public static void Fill(FaceNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach ((string name, Tensor tensor) in network.state_dict())
        {
            if (!name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                tensor.copy_(from_array(Values(name, tensor.shape)).reshape(tensor.shape));
        }
    }

    /// <summary>Pictures of noise: count x channels x size x size.</summary>
    public static float[] Pictures(int count, int size, int channels = 3)
    {
        var values = new float[count * channels * size * size];
        uint seed = SeedOf($"picture{size}");
        for (int i = 0; i < values.Length; i++) values[i] = (float)Spread(seed, i);
        return values;
    }

    /// <summary>The numbers of a tensor by its name.</summary>
    public static float[] Values(string name, long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        uint seed = SeedOf(name);
        (double centre, double range) = name switch
        {
            _ when name.EndsWith("running_var", StringComparison.Ordinal) => (1, 0.5),
            _ when name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal) => (0, 0.1),
            _ when shape.Length == 1 => (1, 0.1),
            _ => (0, Math.Sqrt(6.0 / shape[1..].Aggregate(1L, (product, size) => product * size))),
        };
        for (int i = 0; i < values.Length; i++) values[i] = (float)(centre + (range * Spread(seed, i)));
        return values;
    }

    private static uint SeedOf(string name) =>
        Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));

    private static double Spread(uint seed, int index)
    {
        unchecked
        {
            uint x = ((uint)index * 2654435761u) + seed;
            x ^= x >> 16;
            x *= 0x7feb352du;
            x ^= x >> 15;
            x *= 0x846ca68bu;
            x ^= x >> 16;
            return (x / 2147483648.0) - 1;
        }
    }
}
