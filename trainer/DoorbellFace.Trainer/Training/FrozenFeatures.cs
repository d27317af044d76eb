using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Training;

/// <summary>
/// What the frozen part of a network makes of crops, computed once and kept on disk. Training crops are there in so many augmented copies:
/// in epoch e the network sees copy e modulo their number. What becomes of a copy depends on seed, copy and the crop's pixels alone, so
/// another photo more or less changes nothing for the others.
/// </summary>
internal sealed class FrozenFeatures : IDisposable
{
    /// <summary>Stream number that keeps these augmentations apart from those of <see cref="BatchSource"/>.</summary>
    private const int AugmentationStream = 2;

    private readonly FaceNetwork _network;
    private readonly Preprocessor _preprocessor;
    private readonly AugmentationChain _augmentation;
    private readonly FeatureCache _plain;
    private readonly FeatureCache? _augmented;
    private readonly int _copies, _seed;
    private readonly Dictionary<LabelledCrop, string> _hashes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Opens what has been computed before.</summary>
    /// <param name="network">With its start weights; its last layer does not matter.</param>
    /// <param name="settings">The training's settings.</param>
    /// <param name="folder">Where features are kept.</param>
    public FrozenFeatures(FaceNetwork network, TrainingSettings settings, string folder)
    {
        _network = network;
        _seed = settings.Seed;
        var augment = AugmentationList.Parse(settings.Augment);
        _preprocessor = new Preprocessor(settings.ToPreprocessor());
        _augmentation = augment.Chain(settings.Size);
        _copies = augment.ChangesPictures ? settings.Copies : 0;
        Shape = ShapeOf(network, _preprocessor.Settings);
        Length = (int)Shape.Aggregate(1L, (product, edge) => product * edge);
        var key =
            new FeatureKey(settings.Network, HashOf(network), JsonSerializer.Serialize(_preprocessor.Settings), AugmentationList.None,
                Seed: 0);
        _plain = FeatureCache.Open(folder, key, Length);
        _augmented = _copies == 0 ? null : FeatureCache.Open(folder, key with { Augment = augment.ToString(), Seed = _seed }, Length);
    }

    /// <summary>What the features of one crop are: a vector's length, or channels, height and width.</summary>
    public long[] Shape { get; }

    /// <summary>Numbers in the features of one crop.</summary>
    public int Length { get; }

    /// <summary>The features of a crop as it is.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Compute"/> has not been there yet.</exception>
    public float[] Plain(LabelledCrop crop) =>
        _plain.Find(HashOf(crop), 0)
            ?? throw new InvalidOperationException("The features of a crop were asked for before they were computed.");

    /// <summary>The features of a training crop as it is seen in an epoch.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Compute"/> has not been there yet.</exception>
    public float[] Augmented(LabelledCrop crop, int epoch) => _augmented is null
        ? Plain(crop)
        : _augmented.Find(HashOf(crop), epoch % _copies)
            ?? throw new InvalidOperationException("The features of a crop were asked for before they were computed.");

    /// <summary>Computes what is not there yet.</summary>
    /// <param name="trainCrops">Crops to learn from: as they are, and augmented.</param>
    /// <param name="otherCrops">Crops to choose and measure with: as they are.</param>
    /// <param name="batch">Crops that go through the network at once.</param>
    /// <param name="onCrop">Called with the number done and the number that was missing.</param>
    /// <param name="stop">Ends the work; what was computed by then stays.</param>
    public void Compute(IReadOnlyList<LabelledCrop> trainCrops, IReadOnlyList<LabelledCrop> otherCrops, int batch, Action<int, int> onCrop,
        CancellationToken stop)
    {
        (LabelledCrop Crop, int Copy, FeatureCache Cache)[] missing =
        [
            .. trainCrops.Concat(otherCrops).Select(crop => (crop, 0, _plain)),
            .. _augmented is null
                ? []
                : trainCrops.SelectMany(crop => Enumerable.Range(0, _copies).Select(copy => (crop, copy, _augmented))),
        ];
        missing =
            [.. missing.Where(item => item.Cache.Find(HashOf(item.Crop), item.Copy) is null)
                .DistinctBy(item => (HashOf(item.Crop), item.Copy, item.Cache))];
        _network.eval();
        using var noGradient = no_grad();
        int done = 0, length = _preprocessor.TensorLength, size = _preprocessor.Settings.Size;
        foreach ((LabelledCrop Crop, int Copy, FeatureCache Cache)[] chunk in missing.Chunk(batch))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var tensor = new float[chunk.Length * length];
            Parallel.For(0, chunk.Length, i =>
                _preprocessor.WriteTensor(Picture(chunk[i].Crop, chunk[i].Copy, chunk[i].Cache), tensor.AsSpan(i * length, length)));
            float[] features = _network.Features(TorchOperations.Copy(tensor, chunk.Length, _preprocessor.Settings.Channels, size, size))
                .data<float>().ToArray();
            for (int i = 0; i < chunk.Length; i++)
                chunk[i].Cache.Add(HashOf(chunk[i].Crop), chunk[i].Copy, features[(i * Length)..((i + 1) * Length)]);
            done += chunk.Length;
            onCrop(done, missing.Length);
        }
        _plain.Flush();
        _augmented?.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plain.Dispose();
        _augmented?.Dispose();
    }

    private static long[] ShapeOf(FaceNetwork network, PreprocessorSettings input)
    {
        network.eval();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return network.Features(zeros(1, input.Channels, input.Size, input.Size)).shape[1..];
    }

    /// <summary>SHA-256 over names and values of everything but the last layer.</summary>
    private static string HashOf(FaceNetwork network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var scope = NewDisposeScope();
        string lastLayer = network.LastLayerName + ".";
        foreach ((string name, Tensor tensor) in network.state_dict()
            .Where(entry => !entry.Key.StartsWith(lastLayer, StringComparison.Ordinal)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + string.Create(CultureInfo.InvariantCulture, $" {tensor.numel()}\n")));
            hash.AppendData(MemoryMarshal.AsBytes(tensor.to(ScalarType.Float32).contiguous().data<float>().ToArray().AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private PixelBuffer Picture(LabelledCrop crop, int copy, FeatureCache cache)
    {
        if (cache == _plain) return crop.Pixels;
        int stream = BitConverter.ToInt32(Convert.FromHexString(HashOf(crop)));
        return _augmentation.Apply(crop.Pixels, new SeededRandom(_seed, copy, stream, AugmentationStream));
    }

    private string HashOf(LabelledCrop crop)
    {
        lock (_hashes)
        {
            if (_hashes.TryGetValue(crop, out string? known)) return known;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes($"{crop.Pixels}\n"));
            hash.AppendData(crop.Pixels.Pixels);
            return _hashes[crop] = Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }
}
