using System.Globalization;
using System.IO.Compression;
using System.Text;
using DoorbellFace.Core.Imaging;
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
        string[] photos =
            [.. Directory.EnumerateDirectories(MeasuringData.Find(RealPackageFactAttribute.Photos)!).Order(StringComparer.Ordinal).Take(20)
                .Select(person => Directory.EnumerateFiles(person).Order(StringComparer.Ordinal).First())];
        using FaceNetwork ours = Read(package);
        using InferenceSession mean = Open(Entry(package, "ResNetPreprocess.onnx")), theirs = Open(Entry(package, "ResNet18.onnx"));
        float[] meanPicture = [.. Run(mean, new float[3 * Size * Size], Size).Select(level => -level)];
        float[] channelMeans = [.. meanPicture.Chunk(Size * Size).Select(channel => channel.Average())];
        var byChannel = new List<double>();
        var byPicture = new List<double>();
        foreach (PixelBuffer photo in photos.Select(PictureFile.Read))
        {
            float[] answer = Ask(ours, Normalised(Size).ToTensor(photo), Size), subtracted = Run(mean, Levels(Size).ToTensor(photo), Size);
            float[] even = [.. subtracted.Select((level, i) => level + meanPicture[i] - channelMeans[i / (Size * Size)])];
            byChannel.Add(Difference(Run(theirs, even, Size), answer));
            byPicture.Add(Difference(Run(theirs, subtracted, Size), answer));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{photos.Length} photos, length of the difference by that of the features: {byChannel.Average():0.00%} "
            + $"({byChannel.Max():0.00%} at most) when each channel's mean is subtracted, {byPicture.Average():0.0%} "
            + $"({byPicture.Max():0.0%}) with the mean picture."));

        Assert.Equal(20, photos.Length);
        // What is left is the border, where there is torchvision's mean and not theirs.
        Assert.InRange(byChannel.Max(), 0, 0.002);
        Assert.InRange(byPicture.Max(), 0, 0.08);
    }

    [Theory]
    // Their mean as torchvision has it: nothing is different at the border.
    [InlineData(0, 1e-5)]
    // Forty times as far off as the published one: what is left is the border; without bn1's share of it 0.06 would be left.
    [InlineData(20, 0.02)]
    public void Answers_as_a_file_of_our_own_does(float off, double most)
    {
        const int Size = 64;
        PreprocessorSettings ours = PreprocessorSettings.ImageNetGray(Size);
        float[] means = [.. ours.ImageMean.Reverse().Select(mean => (mean / ours.RescaleFactor) + off)];
        string package = Write(Size, [2, 2, 2, 3], channels: 64, means);
        float[] levels = [.. FormulaWeights.Pictures(1, Size).Select(value => MathF.Round((value + 1) * 127.5f))];
        int ColourOf(int i) => i / (Size * Size);
        float[] normalised =
            [.. levels.Select((level, i) => ((level * ours.RescaleFactor) - ours.ImageMean[ColourOf(i)]) / ours.ImageStd[ColourOf(i)])];
        using FaceNetwork network = Read(package);
        using InferenceSession mean = Open(Entry(package, "ResNetPreprocess.onnx")), theirs = Open(Entry(package, "ResNet18.onnx"));

        float[] expected = Run(theirs, Run(mean, levels, Size), Size), answer = Ask(network, normalised, Size);

        Assert.True(expected.Max() > 1, "the network answers next to nothing");
        Assert.InRange(Difference(expected, answer), 0, most);
    }

    [Fact]
    public void Finds_what_is_what_by_the_graph_alone()
    {
        var written = new Dictionary<string, float[]>();
        string package = Write(64, [1, 3, 2, 1], channels: 4, [100, 110, 120], written);

        using WeightFile file = WeightFile.Open(package);

        string[] changed = ["conv1.weight", "bn1.running_mean"];
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), file.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("layer2.2.bn2.running_var", written.Keys);
        Assert.All(written.Keys.Except(changed), name => Assert.Equal(written[name], file.Read(name)));
        // Blue, green, red from 0 to 255 became red, green, blue with torchvision's deviation 0.229 for red.
        Assert.Equal(written["conv1.weight"][(2 * 49) + 7] * 0.229f * 255, file.Read("conv1.weight")[7], tolerance: 1e-4);
        double blue = written["conv1.weight"][..49].Sum(), green = written["conv1.weight"][49..98].Sum(),
            red = written["conv1.weight"][98..147].Sum();
        Assert.Equal(
            written["bn1.running_mean"][0]
                - (blue * ((0.406 * 255) - 100)) - (green * ((0.456 * 255) - 110)) - (red * ((0.485 * 255) - 120)),
            file.Read("bn1.running_mean")[0], tolerance: 1e-3);
    }

    [Fact]
    public void The_shorter_ResNet18_says_what_it_has_no_place_for()
    {
        using FaceNetwork network = NetworkKind.Named("resnet18").Create(3);
        using WeightFile file = WeightFile.Open(Write(64, [2, 2, 2, 3], channels: 64, [100, 110, 120]));

        TransferReport report = WeightTransfer.Into(file, network, takeLastLayer: false);

        Assert.Empty(report.RandomLayers);
        Assert.Equal(10, report.Unused.Count);
        Assert.All(report.Unused, name => Assert.StartsWith("layer4.2.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_package_without_its_mean_picture_is_refused()
    {
        string path = Path.Combine(_folder.FullName, "package.nupkg");
        Built(64, [1, 1, 1, 1], channels: 4, [0, 0, 0]).Write(path, leaveOut: "ResNetPreprocess");

        Assert.Equal(
            $"The weights in '{path}' cannot be used: its part 'tools/DnnImageModels/ResNetPrepOnnx/ResNetPreprocess.onnx' is missing.",
            Refusal(path));
    }

    [Theory]
    [InlineData("BatchNormalization", "the network in it is not built as ResNet18 is: ")]
    [InlineData("Add", "the network in it is not built as ResNet18 is: ")]
    [InlineData("AveragePool", "the network in it is not built as ResNet18 is: ")]
    [InlineData("Conv", "the network in it is not built as ResNet18 is: nothing convolves the input.")]
    public void Another_network_is_refused(string operation, string reason)
    {
        string path = Write(64, [1, 1, 1, 1], channels: 4, [0, 0, 0]);
        byte[] network = Entry(path, "ResNet18.onnx");
        byte[] name = Encoding.ASCII.GetBytes(operation);
        for (int at; (at = network.AsSpan().IndexOf((byte[])[4 << 3 | 2, (byte)name.Length, .. name])) >= 0;) network[at + 2] = (byte)'?';
        Replace(path, network);

        Assert.Contains($"cannot be used: {reason}", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_filters_is_refused()
    {
        string path = Path.Combine(_folder.FullName, "package.nupkg");
        new FeaturizerPackageFile(64, [1], name => name.Contains("conv", StringComparison.Ordinal) ? ([0, 3, 7, 7], []) : ([0], []),
            new float[3 * 64 * 64]).Write(path);

        Assert.EndsWith("its first layer does not take three colours.", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_goes_in_a_circle_is_refused()
    {
        OnnxNode[] nodes =
        [
            new("Conv", ["in", "w"], ["c"]), new("BatchNormalization", ["c", "1", "2", "3", "4"], ["n"]), new("Relu", ["n"], ["r"]),
            new("MaxPool", ["r"], ["x"]),
            new("Conv", ["x", "w"], ["c1"]), new("BatchNormalization", ["c1", "1", "2", "3", "4"], ["n1"]), new("Relu", ["n1"], ["r1"]),
            new("Conv", ["r1", "w"], ["c2"]), new("BatchNormalization", ["c2", "1", "2", "3", "4"], ["n2"]), new("Add", ["n2", "x"], ["s"]),
            new("Relu", ["s"], ["x"]),
        ];

        Assert.Contains("it goes in a circle", Assert.Throws<InvalidWeightFileException>(() => ResNetGraph.Names(nodes)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Survives_damaged_packages()
    {
        string sound = Write(64, [1, 1, 1, 1], channels: 2, [0, 0, 0]);
        byte[] network = Entry(sound, "ResNet18.onnx");
        var random = new Random(20261129);
        int refused = 0;
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. network];
            for (int i = random.Next(1, 5); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (round % 3 == 0) damaged = damaged[..random.Next(1, damaged.Length)];
            Replace(sound, damaged);
            try
            {
                using WeightFile file = WeightFile.Open(sound);
                foreach (string name in file.Tensors.Keys) file.Read(name);
            }
            catch (InvalidWeightFileException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 300);
    }

    private static Preprocessor Normalised(int size) => new(PreprocessorSettings.ImageNetGray(size) with { ChannelOrder = "RGB" });

    /// <summary>Bytes as they are.</summary>
    private static Preprocessor Levels(int size) =>
        new(PreprocessorSettings.ImageNetGray(size) with
        {
            ChannelOrder = "RGB", RescaleFactor = 1, ImageMean = [0, 0, 0], ImageStd = [1, 1, 1],
        });

    /// <summary>Length of the difference as a part of what was expected.</summary>
    private static double Difference(float[] expected, float[] actual)
    {
        static double Length(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
        return Length(expected.Zip(actual, (one, other) => (double)one - other)) / Length(expected.Select(value => (double)value));
    }

    private static string Refusal(string path) => Assert.Throws<InvalidWeightFileException>(() => WeightFile.Open(path)).Message;

    private static void Replace(string package, byte[] network)
    {
        using ZipArchive zip = ZipFile.Open(package, ZipArchiveMode.Update);
        ZipArchiveEntry entry = zip.Entries.Single(entry => entry.Name == "ResNet18.onnx");
        string name = entry.FullName;
        entry.Delete();
        using Stream stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(network);
    }

    /// <summary>A package with weights by formula.</summary>
    /// <param name="size">Edge of the input.</param>
    /// <param name="blocks">Blocks of each layer.</param>
    /// <param name="channels">Channels of the first layer; each later one has twice as many.</param>
    /// <param name="means">Blue, green, red, the same at every place.</param>
    /// <param name="written">Gets the weights by name.</param>
    private static FeaturizerPackageFile Built(int size, int[] blocks, int channels, float[] means,
        Dictionary<string, float[]>? written = null) =>
        new(size, blocks, name =>
        {
            long[] shape = ShapeOf(name, channels);
            float[] values = FormulaWeights.Values(name, shape);
            // The input is a hundred times as large as torchvision's.
            if (name == "conv1.weight") values = [.. values.Select(value => value / 60)];
            written?.Add(name, values);
            return (shape, values);
        }, [.. means.SelectMany(mean => Enumerable.Repeat(mean, size * size))]);

    private static long[] ShapeOf(string name, int channels)
    {
        if (name == "conv1.weight") return [channels, 3, 7, 7];
        int layer = name.StartsWith("layer", StringComparison.Ordinal) ? name[5] - '1' : 0, block = layer == 0 ? 1 : name[7] - '0';
        long own = (long)channels << layer, before = block == 0 ? own / 2 : own;
        if (!name.EndsWith(".weight", StringComparison.Ordinal) || name.Contains("bn", StringComparison.Ordinal)
            || name.Contains("downsample.1", StringComparison.Ordinal)) return [own];
        return name.Contains("downsample", StringComparison.Ordinal) ? [own, before, 1, 1]
            : [own, name.Contains("conv1", StringComparison.Ordinal) ? before : own, 3, 3];
    }

    private string Write(int size, int[] blocks, int channels, float[] means, Dictionary<string, float[]>? written = null)
    {
        string path = Path.Combine(_folder.FullName, "package.nupkg");
        Built(size, blocks, channels, means, written).Write(path);
        return path;
    }

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
