using System.Numerics;
using System.Runtime.InteropServices;

namespace DoorbellFace.Core.Recognition;

/// <summary>A face's feature vector, of length 1. Immutable.</summary>
public sealed class Embedding
{
    private readonly float[] _values;

    private Embedding(float[] values) => _values = values;

    /// <summary>Numbers in it.</summary>
    public int Length => _values.Length;

    /// <summary>The numbers; their squares add up to 1.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The direction of a vector.</summary>
    /// <param name="values">Finite numbers, not all zero; they are copied.</param>
    /// <exception cref="ArgumentException">There is no direction.</exception>
    public static Embedding Of(ReadOnlySpan<float> values)
    {
        float length = Norm(values);
        if (!float.IsFinite(length) || length == 0)
            throw new ArgumentException("A vector needs finite numbers and one at least that is not zero.", nameof(values));
        float[] normalized = values.ToArray();
        foreach (ref float value in normalized.AsSpan()) value /= length;
        return new Embedding(normalized);
    }

    /// <summary>The direction of the weighted sum of several embeddings.</summary>
    /// <param name="weighted">Of equal lengths, with weights above 0; at least one.</param>
    public static Embedding Mean(IEnumerable<(Embedding Embedding, float Weight)> weighted)
    {
        float[]? sum = null;
        foreach ((Embedding embedding, float weight) in weighted)
        {
            sum ??= new float[embedding.Length];
            embedding.RequireLength(sum.Length);
            for (int i = 0; i < sum.Length; i++) sum[i] += weight * embedding._values[i];
        }
        return Of(sum ?? throw new ArgumentException("A mean needs one embedding at least.", nameof(weighted)));
    }

    /// <summary>Cosine of the angle between both: -1 to 1, higher is more alike.</summary>
    public float Similarity(Embedding other)
    {
        other.RequireLength(Length);
        return Dot(_values, other._values);
    }

    /// <summary>The numbers as bytes, 32-bit little-endian floats, for keeping.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes(_values.AsSpan()).ToArray();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">The bytes are no embedding.</exception>
    public static Embedding FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && bytes.Length % sizeof(float) == 0
        ? Of(MemoryMarshal.Cast<byte, float>(bytes))
        : throw new ArgumentException($"{bytes.Length} bytes are no embedding; expected a multiple of 4.", nameof(bytes));

    /// <inheritdoc/>
    public override string ToString() => $"embedding of {Length}";

    private static float Norm(ReadOnlySpan<float> values) => MathF.Sqrt(Dot(values, values));

    private static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= one.Length - Vector<float>.Count; i += Vector<float>.Count)
            sums += new Vector<float>(one[i..]) * new Vector<float>(other[i..]);
        float sum = Vector.Sum(sums);
        for (; i < one.Length; i++) sum += one[i] * other[i];
        return sum;
    }

    private void RequireLength(int length)
    {
        if (Length != length)
            throw new ArgumentException($"Embeddings of {Length} and {length} numbers cannot be compared: they are of different models.");
    }
}
