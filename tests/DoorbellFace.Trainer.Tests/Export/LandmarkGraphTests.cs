using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Landmarks;
using DoorbellFace.Trainer.Network;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Export;

/// <summary>TorchSharp and ONNX Runtime on the same input, with normalisations that are not at their start.</summary>
public class LandmarkGraphTests
{
    private const int Batch = 3;

    // fp32 only adds in another order, fp16 rounds weights to 11 bits.
    [Theory]
    [InlineData("Fp32", 1e-4, 1_500_000)]
    [InlineData("Fp16", 1e-2, 750_000)]
    public void Agrees_with_torch(string precision, double tolerance, int largestFile)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        manual_seed(5);
        using var network = new LandmarkNetwork(LandmarkRun.MeanLandmarks());
        network.train();
        for (int i = 0; i < 3; i++) network.forward(randn(16, 1, LandmarkNetwork.Size, LandmarkNetwork.Size));
        foreach ((string _, var parameter) in network.named_parameters())
        {
            if (parameter.dim() == 1) parameter.add_(randn_like(parameter) * 0.1);
        }
        network.eval();
        Tensor input = randn(Batch, 1, LandmarkNetwork.Size, LandmarkNetwork.Size);
        (Tensor face, Tensor landmarks) = network.forward(input);

        byte[] model = LandmarkGraph.ToModel(network, Enum.Parse<Precision>(precision), new Dictionary<string, string>());

        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        using var value =
            OrtValue.CreateTensorValueFromMemory(input.data<float>().ToArray(), [Batch, 1, LandmarkNetwork.Size, LandmarkNetwork.Size]);
        using var runOptions = new RunOptions();
        using var outputs =
            session.Run(runOptions, [LandmarkGraph.InputName], [value], [LandmarkGraph.FaceName, LandmarkGraph.LandmarksName]);
        Assert.InRange(model.Length, 1, largestFile);
        AssertAlike(face, outputs[0], tolerance);
        AssertAlike(landmarks, outputs[1], tolerance);
    }

    private static void AssertAlike(Tensor expected, OrtValue actual, double tolerance)
    {
        float[] one = expected.contiguous().data<float>().ToArray(), other = actual.GetTensorDataAsSpan<float>().ToArray();
        Assert.Equal(one.Length, other.Length);
        Assert.InRange(one.Zip(other, (a, b) => Math.Abs((double)a - b)).Max(), 0, tolerance * Math.Max(1, one.Max(MathF.Abs)));
    }
}
