using System.Diagnostics;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Tests.Network;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Export;

/// <summary>Every network's export beside the network itself, with weights and normalisations that are nowhere at their start.</summary>
public sealed class EveryNetworkGraphTests : IDisposable
{
    private const int Classes = 10, Pictures = 2;

    private static readonly Dictionary<string, string> NoMetadata = [];
    private static readonly Dictionary<string, ActivationRange> NoRanges = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-graphs-");

    public static TheoryData<string> Names => [.. NetworkKind.All.Select(kind => kind.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_torch_in_every_precision(string name)
    {
        using FaceNetwork network = Create(name);
        int size = SizeFor(name);
        float[] pictures = FormulaWeights.Pictures(Pictures, size, network.Channels);
        (float[] logits, float[] embedding) = Ask(network, pictures, size);
        var ranges = Int8Calibration.Measure(NetworkGraph.ToCalibrationModel(network, size), pictures.Chunk(pictures.Length / Pictures));

        (float[] logits, float[] embedding) exact =
            Run(NetworkGraph.ToModel(network, size, temperature: 1, Precision.Fp32, NoRanges, NoMetadata), pictures, size);
        (float[] logits, float[] embedding) half =
            Run(NetworkGraph.ToModel(network, size, temperature: 1, Precision.Fp16, NoRanges, NoMetadata), pictures, size);
        (float[] logits, float[] embedding) whole =
            Run(NetworkGraph.ToModel(network, size, temperature: 1, Precision.Int8, ranges, NoMetadata), pictures, size);

        // Of numbers above 1 as parts of the largest, since floats have seven digits.
        AssertClose(logits, exact.logits, 1e-4);
        AssertClose(embedding, exact.embedding, 1e-4);
        AssertClose(logits, half.logits, 5e-3);
        // Evenly spread weights and noise for a picture are the worst that rounding to 256 steps can meet.
        AssertSimilar(logits, whole.logits, 0.97);
    }

    [Theory]
    [InlineData("alexnet", 224)]
    [InlineData("vgg16", 64)]
    [InlineData("squeezenet1_0", 127)]
    [InlineData("densenet121", 131)]
    [InlineData("face_backbone", 112)]
    [InlineData("mobilenet_v3_small", 131)]
    public void Agrees_with_torch_at_other_sizes_and_for_one_picture(string name, int size)
    {
        using FaceNetwork network = Create(name);
        float[] picture = FormulaWeights.Pictures(1, size, network.Channels);
        (float[] logits, float[] embedding) = Ask(network, picture, size);

        (float[] logits, float[] embedding) exported =
            Run(NetworkGraph.ToModel(network, size, temperature: 1, Precision.Fp32, NoRanges, NoMetadata), picture, size);

        AssertClose(logits, exported.logits, 1e-4);
        AssertClose(embedding, exported.embedding, 1e-4);
    }

    [Theory]
    [InlineData("squeezenet1_0")]
    [InlineData("mobilenet_v3_small")]
    [InlineData("face_backbone")]
    public void Divides_the_logits_by_the_temperature(string name)
    {
        using FaceNetwork network = Create(name);
        int size = SizeFor(name);
        float[] pictures = FormulaWeights.Pictures(Pictures, size, network.Channels);
        (float[] logits, float[] embedding) = Ask(network, pictures, size);

        (float[] logits, float[] embedding) exported =
            Run(NetworkGraph.ToModel(network, size, temperature: 2, Precision.Fp32, NoRanges, NoMetadata), pictures, size);

        AssertClose([.. logits.Select(value => value / 2)], exported.logits, 1e-4);
        AssertClose(embedding, exported.embedding, 1e-4);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 3)]
    [InlineData(2, 6)]
    [InlineData(4, 7)]
    [InlineData(6, 2)]
    public void Takes_means_over_as_many_places_as_torch_does(int edge, int size)
    {
        using var scope = NewDisposeScope();
        float[] values = FormulaWeights.Pictures(1, size);
        var graph = new OnnxGraph("means");
        graph.Input("input", 3, size, size);
        graph.Output("out", 3, edge, edge);
        using var nothing = new StochasticDepth(0);
        var operations = new OnnxOperations(graph, new Float32Encoding(graph), nothing);

        // The rectifier, so that something is written even where the mean is the input.
        GraphValue mean =
            operations.Activate(Activation.Relu, operations.AveragePool(edge, new GraphValue([3, size, size], "input", _ => { })));
        mean.NameIs("out");
        _ = mean.Written;

        Tensor expected =
            TorchOperations.Instance.Activate(Activation.Relu,
                TorchOperations.Instance.AveragePool(edge, from_array(values).reshape(1, 3, size, size)));
        AssertClose(expected.data<float>().ToArray(), Run(graph.ToModel("0", NoMetadata), values, size, "out")[0], 1e-6);
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("densenet121")]
    [InlineData("mobilenet_v3_small")]
    [InlineData("efficientnet_b0")]
    public void Folds_every_normalisation_that_follows_a_convolution(string name)
    {
        using FaceNetwork network = Create(name);

        string model =
            System.Text.Encoding.Latin1.GetString(NetworkGraph.ToModel(network, SizeFor(name), temperature: 1, Precision.Fp32, NoRanges,
                NoMetadata));

        // Only DenseNet's stand elsewhere: 58 before its layers' first convolutions, 3 in its transitions, 1 at its end.
        // "BatchNormalization" is in a node twice.
        Assert.Equal(name == "densenet121" ? 62 * 2 : 0, model.Split("BatchNormalization").Length - 1);
    }

    [OnnxCheckerFact]
    public void Is_valid_by_onnxs_own_checker()
    {
        // Of the two that are hundreds of megabytes large, whose kinds of layers the others have as well, the smallest file is enough: the
        // checker copies a model many times.
        string[] giants = ["alexnet", "vgg16"];
        foreach (string name in (string[])["resnet18", "squeezenet1_0", "densenet121", "mobilenet_v3_small", "efficientnet_b0",
            "reference_cnn", "face_backbone", .. giants])
        {
            using FaceNetwork network = Create(name);
            int size = SizeFor(name);
            IReadOnlyDictionary<string, ActivationRange> ranges =
                Int8Calibration.Measure(NetworkGraph.ToCalibrationModel(network, size),
                    [FormulaWeights.Pictures(1, size, network.Channels)]);
            foreach (Precision precision in giants.Contains(name) ? [Precision.Int8] : Enum.GetValues<Precision>())
                File.WriteAllBytes(Path.Combine(_folder.FullName, $"{name}-{precision}.onnx"),
                    NetworkGraph.ToModel(network, size, temperature: 1, precision, ranges, NoMetadata));
        }

        Assert.Equal("23 sound\n", OnnxCheckerFactAttribute.Check(_folder.FullName));
    }

    private static FaceNetwork Create(string name)
    {
        FaceNetwork network = NetworkKind.Named(name).Create(Classes);
        FormulaWeights.Fill(network);
        network.eval();
        return network;
    }

    private static int SizeFor(string name) => Math.Max(NetworkKind.Named(name).SmallestSize, 96);

    private static (float[] Logits, float[] Embedding) Ask(FaceNetwork network, float[] pictures, int size)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor input = from_array(pictures).reshape(-1, network.Channels, size, size);
        return (network.forward(input).data<float>().ToArray(), network.Embed(input).data<float>().ToArray());
    }

    private static (float[] Logits, float[] Embedding) Run(byte[] model, float[] pictures, int size)
    {
        float[][] answers = Run(model, pictures, size, "logits", "embedding");
        return (answers[0], answers[1]);
    }

    private static float[][] Run(byte[] model, float[] pictures, int size, params string[] outputs)
    {
        // One thread that sleeps: the default spins, and tests share the machine.
        using var sessionOptions = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(model, sessionOptions);
        using var value =
            OrtValue.CreateTensorValueFromMemory(pictures,
                [pictures.Length / (session.InputMetadata["input"].Dimensions[1] * size * size),
                session.InputMetadata["input"].Dimensions[1], size, size]);
        using var options = new RunOptions();
        using var answers = session.Run(options, ["input"], [value], outputs);
        return [.. answers.Select(answer => answer.GetTensorDataAsSpan<float>().ToArray())];
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (one, other) => Math.Abs((double)one - other)).Max(), 0,
            tolerance * Math.Max(1, expected.Max(MathF.Abs)));
    }

    private static void AssertSimilar(float[] expected, float[] actual, double leastCosine)
    {
        double Product(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();
        Assert.InRange(Product(expected, actual) / Math.Sqrt(Product(expected, expected) * Product(actual, actual)), leastCosine, 1.0001);
    }
}

/// <summary>A test that needs ONNX's own checker. Where it is not installed the test is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxCheckerFactAttribute : FactAttribute
{
    private const string Program = """
        import glob, sys, onnx
        files = glob.glob(sys.argv[1] + "/*.onnx")
        for file in files:
            model = onnx.load(file)
            onnx.checker.check_model(model, full_check=True)
            assert model.opset_import[0].version == 17 and model.graph.input[0].type.tensor_type.shape.dim[0].dim_param == "N", file
        print(len(files), "sound")
        """;

    public OnnxCheckerFactAttribute()
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/onnx")) Skip = "needs ONNX's own checker: apt-get install python3-onnx";
    }

    /// <summary>Checks all models of a folder and says how many are sound.</summary>
    public static string Check(string folder)
    {
        using Process process =
            Process.Start(new ProcessStartInfo("/usr/bin/python3",
                ["-c", Program, folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : output + errors.Result;
    }
}
