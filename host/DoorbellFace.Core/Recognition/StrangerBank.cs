using System.Buffers.Binary;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Core.Recognition;

/// <summary>
/// Embeddings of people who are nobody's family, shipped with the model: numbers, no pictures. They tell each household how alike strangers
/// come to its own people, so that the threshold is its own. Immutable.
/// </summary>
public sealed class StrangerBank
{
    /// <summary>Vectors are kept as signed bytes; the largest stands for this.</summary>
    private const float LargestByte = 127;

    /// <summary>So many strangers, the most similar, are a probe's cohort.</summary>
    private const int CohortSize = 20;

    private readonly Lazy<float[]> _cohorts;

    private StrangerBank(string modelSha256, IReadOnlyList<Embedding> strangers)
    {
        ModelSha256 = modelSha256;
        Strangers = strangers;
        _cohorts =
            new Lazy<float[]>(() =>
                [.. strangers.Select(stranger => CohortSimilarity(stranger, strangers.Where(other => other != stranger)))]);
    }

    /// <summary>The model that made the embeddings.</summary>
    public string ModelSha256 { get; }

    /// <summary>The embeddings.</summary>
    public IReadOnlyList<Embedding> Strangers { get; }

    /// <summary>A bank of the given embeddings.</summary>
    public static StrangerBank Of(string modelSha256, IReadOnlyList<Embedding> strangers) => new(modelSha256, strangers);

    /// <summary>
    /// How like strangers a probe is at most: the mean cosine to the <see cref="CohortSize"/> most similar. A blurred or common face is
    /// rather like everybody, and that much of its likeness to someone enrolled says nothing (adaptive T-norm of speaker recognition:
    /// Sturim and Reynolds, 2005).
    /// </summary>
    /// <returns>0 for an empty bank.</returns>
    public float CohortSimilarity(Embedding probe) => CohortSimilarity(probe, Strangers);

    /// <summary>The same for each of the strangers themselves, among the others.</summary>
    public IReadOnlyList<float> CohortSimilarities => _cohorts.Value;

    /// <summary>As a file: "DFSB", version, count, length, the model's hash, then a row of signed bytes for each stranger.</summary>
    public byte[] ToBytes()
    {
        int length = Strangers.Count > 0 ? Strangers[0].Length : 0;
        var bytes = new byte[HeaderBytes + (Strangers.Count * length)];
        "DFSB"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Strangers.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), length);
        Convert.FromHexString(ModelSha256).CopyTo(bytes, 16);
        for (int row = 0; row < Strangers.Count; row++)
        {
            ReadOnlySpan<float> values = Strangers[row].Values;
            float largest = 0;
            foreach (float value in values) largest = MathF.Max(largest, MathF.Abs(value));
            for (int i = 0; i < length; i++)
                bytes[HeaderBytes + (row * length) + i] = (byte)(sbyte)MathF.Round(values[i] / largest * LargestByte);
        }
        return bytes;
    }

    /// <summary>Reads such a file.</summary>
    /// <exception cref="InvalidModelException">It is none, is cut short, or is of another model.</exception>
    public static StrangerBank Parse(ReadOnlySpan<byte> bytes, string modelSha256)
    {
        if (bytes.Length < HeaderBytes || !bytes.StartsWith("DFSB"u8))
            throw new InvalidModelException("The stranger bank is no such file; expected one that begins with DFSB.");
        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), count = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            length = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        if (version != Version)
            throw new InvalidModelException($"The stranger bank has version {version}; this program reads version {Version}.");
        if (count < 0 || length <= 0 || bytes.Length - HeaderBytes != (long)count * length)
            throw new InvalidModelException(
                $"The stranger bank is damaged: it should hold {count} rows of {length} bytes, and holds {bytes.Length - HeaderBytes} "
                + $"bytes.");
        string hash = Convert.ToHexStringLower(bytes.Slice(16, HashBytes));
        if (!hash.Equals(modelSha256, StringComparison.OrdinalIgnoreCase))
            throw new InvalidModelException(
                $"The stranger bank is of the model {hash[..12]}..., and the model here is "
                + $"{modelSha256[..Math.Min(12, modelSha256.Length)]}...: put both files of one model into the folder.");
        var strangers = new Embedding[count];
        var row = new float[length];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < length; j++) row[j] = (sbyte)bytes[HeaderBytes + (i * length) + j];
            if (row.All(value => value == 0)) throw new InvalidModelException($"The stranger bank is damaged: row {i + 1} is empty.");
            strangers[i] = Embedding.Of(row);
        }
        return new StrangerBank(hash, strangers);
    }

    private static float CohortSimilarity(Embedding probe, IEnumerable<Embedding> strangers)
    {
        float[] mostSimilar = [.. strangers.Select(probe.Similarity).OrderDescending().Take(CohortSize)];
        return mostSimilar.Length == 0 ? 0 : mostSimilar.Average();
    }

    private const int Version = 1, HashBytes = 32, HeaderBytes = 16 + HashBytes;
}
