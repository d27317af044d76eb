using System.IO.Compression;
using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Tests.Network;
using DoorbellFace.Trainer.Weights;
using DoorbellFace.Vision;
using Microsoft.ML.OnnxRuntime;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Weights;

/// <summary>ML.NET's featurizer as a start: the network that it is read into answers as ONNX Runtime does with the file itself.</summary>
public sealed class FeaturizerPackageTests(ITestOutputHelper output) : IDisposable
{
    private const string Network = "resnet18_3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-featurizer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [RealPackageFact]
    public void Answers_as_the_published_file_does()
    {
        const int Size = 224;
        string package = RealPackageFactAttribute.Find()!;
        byte[] before = Entry(package, "ResNetPreprocess.onnx"), network = Entry(package, "ResNet18.onnx");
        string[] photos =
            [.. Directory.EnumerateDirectories(MeasuringData.Find(RealPackageFactAttribute.Photos)!).Order(StringComparer.Ordinal).Take(20)
                .Select(person => Directory.EnumerateFiles(person).Order(StringComparer.Ordinal).First())];
        var plain = new Preprocessor(PreprocessorSettings.ImageNetGray(Size) with
        {
            ChannelOrder = "RGB", RescaleFactor = 1, ImageMean = [0, 0, 0], ImageStd = [1, 1, 1],
        });
        var normalised = new Preprocessor(PreprocessorSettings.ImageNetGray(Size) with { ChannelOrder = "RGB" });
        using FaceNetwork ours = Read(package);
        using InferenceSession mean = Open(before), theirs = Open(network);
        float[] levels = Run(mean, new float[plain.TensorLength], Size);
        float[] channels = [.. levels.Chunk(Size * Size).Select(channel => channel.Average())];
        var wholeMean = new List<double>();
        var meanPicture = new List<double>();
        foreach (string photo in photos)
        {
            DoorbellFace.Core.Imaging.PixelBuffer picture = PictureFile.Read(photo);
            float[] rgb = plain.ToTensor(picture), subtracted = Run(mean, rgb, Size);
            float[] answer = Ask(ours, normalised.ToTensor(picture), Size);
            // What is left of the mean picture when each channel has its mean alone.
            float[] even = [.. subtracted.Select((value, i) => value - levels[i] + channels[i / (Size * Size)])];
            meanPicture.Add(Difference(Run(theirs, subtracted, Size), answer));
            wholeMean.Add(Difference(Run(theirs, even, Size), answer));
        }
        output.WriteLine($"even: {wholeMean.Average()} {wholeMean.Max()}; picture: {meanPicture.Average()} {meanPicture.Max()}");
        Assert.Equal(20, photos.Length);
    }

    private static double Difference(float[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual, (one, other) => (double)(one - other) * (one - other)).Sum() / expected.Sum(value => (double)value * value));

    private static FaceNetwork Read(string package)
    {
        FaceNetwork network = NetworkKind.Named(Network).Create(3);
        using WeightFile file = WeightFile.Open(package);
        TransferReport report = WeightTransfer.Into(file, network, takeLastLayer: false);
        Assert.Empty(report.RandomLayers);
        Assert.Empty(report.Unused);
        network.eval();
        return network;
    }

    private static float[] Ask(FaceNetwork network, float[] picture, int size)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return network.Embed(from_array(picture).reshape(1, 3, size, size)).data<float>().ToArray();
    }

    private static byte[] Entry(string package, string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        using Stream stream = zip.Entries.Single(entry => entry.Name == name).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static InferenceSession Open(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        return new InferenceSession(model, options);
    }

    private static float[] Run(InferenceSession session, float[] picture, int size)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(picture, [1, 3, size, size]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> answers =
            session.Run(options, [session.InputNames[0]], [value], [session.OutputNames[0]]);
        return answers[0].GetTensorDataAsSpan<float>().ToArray();
    }
}

/// <summary>
/// A test that needs the published package and photos. Where they are not there it is skipped, with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealPackageFactAttribute : FactAttribute
{
    public const string Photos = "lfw/images";

    public RealPackageFactAttribute()
    {
        if (Find() is null) Skip = "needs ML.NET's featurizer, which is not here: ./doorbell models pull resnet18_3";
        else if (MeasuringData.Find(Photos) is null)
            Skip = $"needs the measuring photos '{Photos}', which are not here; set {MeasuringData.Variable} to the folder that holds them";
    }

    /// <summary>The package among the models, or where <c>models pull</c> puts it.</summary>
    public static string? Find()
    {
        PublishedWeights weights = PublishedWeights.Of("resnet18_3");
        string pulled = new WeightStore(WeightStore.DefaultFolder).PathOf(weights);
        return ModelFactAttribute.Find(weights.FileName) ?? (File.Exists(pulled) ? pulled : null);
    }
}
