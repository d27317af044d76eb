using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DoorbellFace.Trainer.Training;

/// <summary>What decides which numbers a network makes of a crop; whatever differs here has a file of its own.</summary>
/// <param name="Network">Its name.</param>
/// <param name="WeightsSha256">Over all its weights but the last layer's.</param>
/// <param name="Preprocessing">How a crop becomes its input, the size among it, as JSON.</param>
/// <param name="Augment">The augmentations, or "none".</param>
/// <param name="Seed">What they draw from; 0 for "none".</param>
internal sealed record FeatureKey(string Network, string WeightsSha256, string Preprocessing, string Augment, int Seed);

/// <summary>
/// Features on disk: a file that only grows. A header says what they are of; then comes one record for each crop and copy, with its own
/// checksum. A record that was cut short by a crash ends the file when it is opened again; only what is missing is computed again.
/// Not for two programs at once.
/// </summary>
internal sealed class FeatureCache : IDisposable
{
    private const string Magic = "DBFEAT1\n";
    private const int CropHashBytes = 32, CopyBytes = 4, ChecksumBytes = 8;

    private readonly FileStream _file;
    private readonly Dictionary<(string Crop, int Copy), float[]> _records = [];

    private FeatureCache(FileStream file, int length)
    {
        _file = file;
        Length = length;
    }

    /// <summary>Numbers in the features of one crop.</summary>
    public int Length { get; }

    /// <summary>How many records there are.</summary>
    public int Count => _records.Count;

    /// <summary>Opens the file of a key in <paramref name="folder"/>, which is made if it is not there, and reads it.</summary>
    /// <param name="folder">Where such files are kept.</param>
    /// <param name="key">What the features are of.</param>
    /// <param name="length">Numbers in the features of one crop.</param>
    public static FeatureCache Open(string folder, FeatureKey key, int length)
    {
        Directory.CreateDirectory(folder);
        byte[] header = Encoding.UTF8.GetBytes(Magic + JsonSerializer.Serialize(new { key, length }) + "\n");
        string name = $"{key.Network}-{Convert.ToHexStringLower(SHA256.HashData(header))[..16]}.features";
        var file = new FileStream(Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var cache = new FeatureCache(file, length);
        cache.Read(header);
        return cache;
    }

    /// <summary>The features of a crop's copy, or null when they have not been computed.</summary>
    /// <param name="cropSha256">Of the crop's pixels.</param>
    /// <param name="copy">Which augmented copy, from 0.</param>
    public float[]? Find(string cropSha256, int copy) => _records.GetValueOrDefault((cropSha256, copy));

    /// <summary>Keeps features.</summary>
    public void Add(string cropSha256, int copy, float[] features)
    {
        var record = new byte[CropHashBytes + CopyBytes + (Length * sizeof(float)) + ChecksumBytes];
        Convert.FromHexString(cropSha256).CopyTo(record, 0);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(CropHashBytes), copy);
        MemoryMarshal.AsBytes(features.AsSpan()).CopyTo(record.AsSpan(CropHashBytes + CopyBytes));
        ChecksumOf(record).CopyTo(record.AsSpan(record.Length - ChecksumBytes));
        _file.Write(record);
        _records[(cropSha256, copy)] = features;
    }

    /// <summary>Brings what was added to the disk.</summary>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ReadOnlySpan<byte> ChecksumOf(ReadOnlySpan<byte> record) =>
        SHA256.HashData(record[..^ChecksumBytes]).AsSpan(0, ChecksumBytes);

    private void Read(byte[] header)
    {
        var found = new byte[header.Length];
        if (_file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) < found.Length || !found.AsSpan().SequenceEqual(header))
        {
            _file.SetLength(0);
            _file.Write(header);
            return;
        }
        var record = new byte[CropHashBytes + CopyBytes + (Length * sizeof(float)) + ChecksumBytes];
        long good = _file.Position;
        while (_file.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length
            && ChecksumOf(record).SequenceEqual(record.AsSpan(record.Length - ChecksumBytes)))
        {
            float[] features = MemoryMarshal.Cast<byte, float>(record.AsSpan(CropHashBytes + CopyBytes, Length * sizeof(float))).ToArray();
            _records[(Convert.ToHexStringLower(record.AsSpan(0, CropHashBytes)),
                BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(CropHashBytes)))] = features;
            good = _file.Position;
        }
        _file.SetLength(good);
        _file.Position = good;
    }
}
