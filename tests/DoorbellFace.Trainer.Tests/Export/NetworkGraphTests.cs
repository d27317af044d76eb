using DoorbellFace.Core.Recognition;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Export;

/// <summary>
/// TorchSharp and ONNX Runtime on the same input. One network for all of it, with normalisations that are not at their start.
/// </summary>
public sealed class NetworkGraphTests : IClassFixture<NetworkGraphTests.Trained>
{
    private const int Size = 64, Classes = 5, Batch = 3;

    private static readonly Dictionary<string, string> NoMetadata = [];

    private readonly Trained _trained;

    public NetworkGraphTests(Trained trained) => _trained = trained;

    // Tolerances as parts of the largest number: fp32 only adds in another order, fp16 rounds weights to 11 bits, int8 rounds everything to
    // 8.
    [Theory]
    [InlineData("Fp32", 1e-4, 46_000_000)]
    [InlineData("Fp16", 5e-3, 23_000_000)]
    [InlineData("Int8", 0.15, 12_000_000)]
    public void Agrees_with_torch(string precision, double tolerance, int largestFile)
    {
        byte[] model =
            NetworkGraph.ToModel(_trained.Network, Size, temperature: 1, Enum.Parse<Precision>(precision), _trained.Ranges, NoMetadata);

        (float[] logits, float[] embedding) = Run(model, _trained.Input);

        Assert.InRange(model.Length, 1, largestFile);
        Assert.InRange(LargestDifference(_trained.Logits, logits) / _trained.Logits.Max(MathF.Abs), 0, tolerance);
        Assert.InRange(LargestDifference(_trained.Embedding, embedding) / _trained.Embedding.Max(MathF.Abs), 0, tolerance);
    }

    [Fact]
    public void Agrees_with_torch_to_a_ten_thousandth_in_absolute_terms()
    {
        byte[] model = NetworkGraph.ToModel(_trained.Network, Size, temperature: 1, Precision.Fp32, _trained.Ranges, NoMetadata);

        (float[] logits, float[] embedding) = Run(model, _trained.Input);

        Assert.InRange(LargestDifference(_trained.Logits, logits), 0, 1e-4);
        Assert.InRange(LargestDifference(_trained.Embedding, embedding), 0, 1e-4);
    }

    [Fact]
    public void Divides_the_logits_by_the_temperature_and_leaves_the_embedding()
    {
        byte[] model = NetworkGraph.ToModel(_trained.Network, Size, temperature: 2, Precision.Fp32, _trained.Ranges, NoMetadata);

        (float[] logits, float[] embedding) = Run(model, _trained.Input);

        Assert.InRange(LargestDifference([.. _trained.Logits.Select(value => value / 2)], logits), 0, 1e-4);
        Assert.InRange(LargestDifference(_trained.Embedding, embedding), 0, 1e-4);
    }

    [Fact]
    public void Keeps_the_bias_of_a_channel_whose_weights_are_all_zero()
    {
        var graph = new OnnxGraph("dead channel");
        graph.Input("input", 1, 2, 2);
        graph.Output("out", 2, 2, 2);
        var encoding = new Int8Encoding(graph, new Dictionary<string, ActivationRange> { ["input"] = new(0, 1) });
        string input = encoding.Activation("input"), weights = encoding.Weights("w", [0f, 1f], [2, 1, 1, 1]);
        graph.Node("Conv", [input, weights, encoding.Bias("b", [0.5f, 0.25f], input, weights)], "out",
            OnnxAttribute.List("kernel_shape", 1, 1));
        using var session = new InferenceSession(graph.ToModel("0", NoMetadata));

        using var value = OrtValue.CreateTensorValueFromMemory(new float[] { 0, 0, 1, 1 }, [1, 1, 2, 2]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [value], ["out"]);

        float[] expected = [0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 1.25f, 1.25f];
        Assert.InRange(LargestDifference(expected, outputs[0].GetTensorDataAsSpan<float>().ToArray()), 0, 0.01);
    }

    [Fact]
    public void Refuses_int8_without_ranges()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            NetworkGraph.ToModel(_trained.Network, Size, temperature: 1, Precision.Int8, new Dictionary<string, ActivationRange>(),
                NoMetadata));

        Assert.Contains("No range was calibrated for activation 'input'", error.Message, StringComparison.Ordinal);
    }

    private static (float[] Logits, float[] Embedding) Run(byte[] model, float[] input)
    {
        // One thread that sleeps: the default spins, and tests share the machine.
        using var sessionOptions = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(model, sessionOptions);
        using var value = OrtValue.CreateTensorValueFromMemory(input, [Batch, 3, Size, Size]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [value], ["logits", "embedding"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    private static double LargestDifference(float[] expected, float[] actual) =>
        expected.Zip(actual, (one, other) => Math.Abs((double)one - other)).Max();

    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            manual_seed(3);
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            Network = new ResNet18(Classes);
            // Running statistics and normalisation weights as a training leaves them: nowhere 0 or 1.
            Network.train();
            for (int i = 0; i < 3; i++) Network.forward(randn(8, 3, Size, Size));
            foreach ((string name, var parameter) in Network.named_parameters())
            {
                if (parameter.dim() == 1) parameter.add_(randn_like(parameter) * 0.1);
            }
            Network.eval();
            Tensor input = randn(Batch, 3, Size, Size);
            Tensor embedding = Network.Embed(input);
            Input = input.data<float>().ToArray();
            Embedding = embedding.data<float>().ToArray();
            Logits = Network.Head(embedding).data<float>().ToArray();
            Ranges =
                Int8Calibration.Measure(NetworkGraph.ToCalibrationModel(Network, Size),
                    Enumerable.Range(0, 8).Select(_ => randn(3, Size, Size).data<float>().ToArray()));
        }

        internal ResNet18 Network { get; }

        internal IReadOnlyDictionary<string, ActivationRange> Ranges { get; }

        internal float[] Input { get; }

        internal float[] Embedding { get; }

        internal float[] Logits { get; }

        public void Dispose() => Network.Dispose();
    }
}
