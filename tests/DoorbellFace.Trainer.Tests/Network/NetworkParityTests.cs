using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Network;

/// <summary>Every network beside torchvision's: the same state dict in, the same answers out.</summary>
public sealed class NetworkParityTests : IDisposable
{
    private const int Classes = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-parity-");

    public static TheoryData<string> Names => [.. NetworkKind.All.Where(kind => !kind.TakesAlignedFaces).Select(kind => kind.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_names_and_shapes_of_torchvisions_state_dict(string name)
    {
        TorchvisionAnswers torchvision = TorchvisionAnswers.Read(name);
        using FaceNetwork network = NetworkKind.Named(name).Create(Classes);

        Assert.Equal(
            torchvision.StateDict.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value)}]").Order(StringComparer.Ordinal),
            network.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal));
        Assert.Equal(torchvision.LastLayer, network.LastLayerName);
        Assert.Equal(Classes, network.Classes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Answers_as_torchvision_does_with_the_same_weights(string name)
    {
        using FaceNetwork network = NetworkKind.Named(name).Create(Classes);
        FormulaWeights.Fill(network);
        network.eval();

        foreach (TorchvisionAnswers.Answer answer in TorchvisionAnswers.Read(name).Answers) AssertAnswers(network, answer);
    }

    [TorchvisionTheory]
    [InlineData("squeezenet1_0")]
    [InlineData("mobilenet_v3_small")]
    public void The_fixtures_are_what_torchvision_says_today(string name)
    {
        TorchvisionAnswers.Ask("answers", _folder.FullName, name);
        TorchvisionAnswers fixture = TorchvisionAnswers.Read(name), today = TorchvisionAnswers.Read(_folder.FullName, name);

        Assert.Equal(fixture.StateDict.Keys, today.StateDict.Keys);
        foreach ((TorchvisionAnswers.Answer then, TorchvisionAnswers.Answer now) in fixture.Answers.Zip(today.Answers))
            AssertClose([.. then.Logits.SelectMany(row => row)], [.. now.Logits.SelectMany(row => row)]);
    }

    private static void AssertAnswers(FaceNetwork network, TorchvisionAnswers.Answer answer)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor input = from_array(FormulaWeights.Pictures(answer.Logits.Length, answer.Size))
            .reshape(answer.Logits.Length, 3, answer.Size, answer.Size);

        Tensor features = network.Features(input), embedding = network.Embed(input);

        Assert.Equal([answer.Logits.Length, network.EmbeddingLength], embedding.shape);
        AssertClose([.. answer.Logits.SelectMany(row => row)], network.forward(input).data<float>().ToArray());
        AssertClose([.. answer.Logits.SelectMany(row => row)], network.Head(features).data<float>().ToArray());
        AssertClose([.. answer.EmbeddingStart.SelectMany(row => row)], embedding.slice(1, 0, 8, 1).contiguous().data<float>().ToArray());
    }

    /// <summary>To 1e-4; of numbers above 1, to 1e-4 of the largest, since floats have seven digits.</summary>
    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double allowed = 1e-4 * Math.Max(1, expected.Max(MathF.Abs));
        Assert.InRange(expected.Zip(actual, (one, other) => Math.Abs((double)one - other)).Max(), 0, allowed);
    }
}
