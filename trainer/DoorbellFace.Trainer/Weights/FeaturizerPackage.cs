using System.IO.Compression;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// The package of ML.NET's image featurizer: a zip file with a ResNet18 that was trained on ImageNet with CNTK, without its last layer but
/// with a third block in layer4, and with the mean picture that is subtracted before it. That network takes blue, green and red from 0 to
/// 255 less the mean picture. What is read here takes red, green and blue as torchvision normalises them, like all other weights:
/// conv1's channels change places, its weights are scaled, and what is left of the means goes into bn1's running mean. Exact but for two
/// things: of the mean picture each channel's mean is taken, and beyond the border there is torchvision's mean, which is half a level of
/// 255 from it. docs/trainer.md says what that costs.
/// </summary>
internal static class FeaturizerPackage
{
    private const string NetworkEntry = "tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx",
        MeanEntry = "tools/DnnImageModels/ResNetPrepOnnx/ResNetPreprocess.onnx";

    private const string FirstWeight = "conv1.weight", FirstMean = "bn1.running_mean";
    private const int Colours = 3;

    /// <summary>More than the network's 64 MB is something else.</summary>
    private const long LongestEntry = 128L << 20;

    /// <summary>Whether the zip file is one of these.</summary>
    public static bool IsOne(ZipArchive zip) => zip.GetEntry(NetworkEntry) is not null;

    /// <summary>Reads the weights by torchvision's names, for input as torchvision normalises it.</summary>
    /// <exception cref="InvalidWeightFileException">It is damaged, or holds another network.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(ZipArchive zip)
    {
        byte[] network = Bytes(zip, NetworkEntry);
        IReadOnlyDictionary<string, StoredTensor> constants = OnnxInitializers.Read(network);
        var tensors = new OrderedDictionary<string, StoredTensor>();
        foreach ((string name, string constant) in ResNetGraph.Names(OnnxNode.AllIn(network)))
        {
            tensors.Add(name, constants.TryGetValue(constant, out StoredTensor? tensor)
                ? tensor
                : throw new InvalidWeightFileException($"its constant '{Printable.Text(constant)}' is missing, or holds no numbers."));
        }
        Convert(tensors, MeanOfChannels(Bytes(zip, MeanEntry)));
        return tensors;
    }

    /// <summary>Makes conv1 and bn1 take what torchvision's normalisation gives.</summary>
    /// <param name="tensors">The weights.</param>
    /// <param name="means">What was subtracted from blue, green and red.</param>
    private static void Convert(OrderedDictionary<string, StoredTensor> tensors, float[] means)
    {
        StoredTensor stored = tensors[FirstWeight];
        if (stored.Shape is not [> 0 and var filters, Colours, _, _] || tensors[FirstMean].Count != filters)
            throw new InvalidWeightFileException("its first layer does not take three colours.");
        PreprocessorSettings ours = PreprocessorSettings.ImageNetGray(224);
        float[] theirs = stored.Read(), weights = new float[theirs.Length], running = tensors[FirstMean].Read();
        int area = theirs.Length / (int)filters / Colours;
        for (int filter = 0; filter < filters; filter++)
        {
            for (int colour = 0; colour < Colours; colour++)
            {
                int channel = Colours - 1 - colour;
                ReadOnlySpan<float> from = theirs.AsSpan(((filter * Colours) + channel) * area, area);
                TensorPrimitives.Multiply(from, ours.ImageStd[colour] / ours.RescaleFactor,
                    weights.AsSpan(((filter * Colours) + colour) * area, area));
                running[filter] -= TensorPrimitives.Sum(from) * ((ours.ImageMean[colour] / ours.RescaleFactor) - means[channel]);
            }
        }
        tensors[FirstWeight] = Computed(FirstWeight, weights, stored.Shape);
        tensors[FirstMean] = Computed(FirstMean, running, tensors[FirstMean].Shape);
    }

    private static StoredTensor Computed(string name, float[] values, IReadOnlyList<long> shape)
    {
        byte[] bytes = MemoryMarshal.AsBytes<float>(values).ToArray();
        long[] sizes = [.. shape];
        return new StoredTensor(name, sizes, StoredTensor.ContiguousStrides(sizes), offset: 0,
            new StoredElements(ElementType.Float32, values.Length, () => new MemoryStream(bytes, writable: false)));
    }

    /// <summary>Each channel's mean over the mean picture, the only constant of three colours beside the network.</summary>
    private static float[] MeanOfChannels(byte[] file)
    {
        StoredTensor picture = OnnxInitializers.Read(file).Values.FirstOrDefault(tensor => tensor.Shape is [1, Colours, > 0, > 0])
            ?? throw new InvalidWeightFileException($"its part '{MeanEntry}' holds no mean picture.");
        float[] values = picture.Read();
        return [.. values.Chunk(values.Length / Colours).Select(channel => channel.Average())];
    }

    /// <summary>An entry, whole. Its size is the zip file's word, so memory is taken as bytes come.</summary>
    private static byte[] Bytes(ZipArchive zip, string name)
    {
        ZipArchiveEntry entry = zip.GetEntry(name) ?? throw new InvalidWeightFileException($"its part '{name}' is missing.");
        if (entry.Length > LongestEntry)
            throw new InvalidWeightFileException($"its part '{name}' has {entry.Length} bytes; at most {LongestEntry} are read.");
        try
        {
            using var stream = new ChecksumStream(entry.Open(), entry.Crc32, name);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            stream.Finish();
            return bytes.ToArray();
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException)
        {
            throw new InvalidWeightFileException($"its part '{name}' cannot be read.");
        }
    }
}
