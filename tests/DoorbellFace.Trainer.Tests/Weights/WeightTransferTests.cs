using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Tests.Network;
using DoorbellFace.Trainer.Weights;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Weights;

public sealed class WeightTransferTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-transfer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [TorchvisionTheory]
    [InlineData("resnet18", "zip")]
    [InlineData("squeezenet1_0", "legacy")]
    [InlineData("mobilenet_v3_small", "zip")]
    public void A_file_of_torchvisions_answers_here_as_there(string name, string format)
    {
        string path = Path.Combine(_folder.FullName, "weights.pth");
        TorchvisionAnswers.Answer answer = TorchvisionAnswers.Save(name, format, path);
        using FaceNetwork network = NetworkKind.Named(name).Create(answer.Logits[0].Length);
        network.eval();
        using WeightFile file = WeightFile.Open(path);

        TransferReport report = WeightTransfer.Into(file, network, takeLastLayer: true);

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        float[] logits =
            network.forward(from_array(FormulaWeights.Pictures(answer.Logits.Length, answer.Size)).reshape(-1, 3, answer.Size, answer.Size))
                .data<float>().ToArray();
        Assert.Empty(report.Random);
        Assert.InRange(logits.Zip(answer.Logits.SelectMany(row => row), (one, other) => Math.Abs(one - other)).Max(), 0, 1e-4);
    }

    [ModelFact("squeezenet1_0-imagenet.pth")]
    public void The_last_layer_stays_as_it_started_when_it_is_replaced()
    {
        manual_seed(4);
        using FaceNetwork network = NetworkKind.Named("squeezenet1_0").Create(1000);
        using WeightFile file = WeightFile.Open(ModelFactAttribute.Find("squeezenet1_0-imagenet.pth")!);
        using var scope = NewDisposeScope();
        Tensor before = network.LastLayer.state_dict()["weight"].clone();

        TransferReport report = WeightTransfer.Into(file, network, takeLastLayer: false);

        // It has the right size by chance, and is another task's all the same.
        Assert.True(before.equal(network.LastLayer.state_dict()["weight"]).all().item<bool>());
        Assert.Equal(["classifier.1.weight", "classifier.1.bias"], report.Random);
        Assert.Equal("Taken: 50 tensors, 0.74 million numbers. The last layer, classifier.1, starts at random: it has this task's labels.",
            report.Describe());
    }

    [ModelFact("resnet18-imagenet-through-layer3.pth")]
    public void A_file_that_is_not_whole_says_what_starts_at_random()
    {
        using FaceNetwork network = NetworkKind.Named("resnet18").Create(15);
        using WeightFile file = WeightFile.Open(ModelFactAttribute.Find("resnet18-imagenet-through-layer3.pth")!);

        TransferReport report = WeightTransfer.Into(file, network, takeLastLayer: false);

        Assert.Equal(["layer4.0.conv1", "layer4.0.bn1", "layer4.0.conv2", "layer4.0.bn2", "layer4.1.conv1", "layer4.1.bn1",
            "layer4.1.conv2", "layer4.1.bn2"], report.RandomLayers);
        Assert.Equal(
            "Taken: 80 tensors, 2.92 million numbers. The last layer, fc, starts at random: it has this task's labels. Not in the file, so "
            + "these start at random too: "
            + "layer4.0.conv1, layer4.0.bn1, layer4.0.conv2, layer4.0.bn2, layer4.1.conv1, layer4.1.bn1, layer4.1.conv2, layer4.1.bn2.",
            report.Describe());
        Assert.Equal(file.Read("layer3.1.conv2.weight"), network.state_dict()["layer3.1.conv2.weight"].data<float>().ToArray());
    }

    [ModelFact("squeezenet1_0-imagenet.pth")]
    public void Another_networks_weights_are_refused()
    {
        using WeightFile file = WeightFile.Open(ModelFactAttribute.Find("squeezenet1_0-imagenet.pth")!);
        using FaceNetwork resnet = NetworkKind.Named("resnet18").Create(15), alexnet = NetworkKind.Named("alexnet").Create(15);

        string nothing = Assert.Throws<InvalidWeightFileException>(() => WeightTransfer.Into(file, resnet, takeLastLayer: false)).Message;
        string shapes = Assert.Throws<InvalidWeightFileException>(() => WeightTransfer.Into(file, alexnet, takeLastLayer: false)).Message;

        Assert.StartsWith("The file has none of the tensors of ResNet18. It has features.0.weight, ", nothing, StringComparison.Ordinal);
        Assert.Equal("'features.0.weight' is 96x3x7x7 in the file and 64x3x11x11 in AlexNet: these are the weights of another network.",
            shapes);
    }
}

/// <summary>A test that needs a model that is not part of the repository. Where it is not there it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ModelFactAttribute : FactAttribute
{
    public ModelFactAttribute(string file)
    {
        if (Find(file) is null)
            Skip = $"needs the model '{file}', which is not here; it belongs into a folder 'models' beside the folder that "
                + $"{MeasuringData.Variable} names";
    }

    public static string? Find(string file) => MeasuringData.Find(Path.Combine("..", "models", file));
}
