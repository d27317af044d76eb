using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Network;

public class TransferLearningTests
{
    public static TheoryData<string> Names => [.. NetworkKind.All.Select(kind => kind.Name).Where(name => name != "vgg16")];

    [Theory]
    [MemberData(nameof(Names))]
    public void With_frozen_features_only_the_last_layer_learns_and_the_features_stay(string name)
    {
        NetworkKind kind = NetworkKind.Named(name);
        int size = Math.Max(kind.SmallestSize, 64);
        manual_seed(3);
        using FaceNetwork network = kind.Create(3);
        // As it starts, an untrained deep network answers next to nothing in evaluation mode, and a layer learns nothing from nothing.
        FormulaWeights.Fill(network);
        network.FreezeFeatures();
        network.train();
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD(network.parameters().Where(parameter => parameter.requires_grad), 0.1);
        Dictionary<string, Tensor> before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        Tensor input = randn(2, network.Channels, size, size), features = network.Features(input).detach().clone();

        network.Head(network.Features(input)).square().sum().backward();
        optimizer.step();

        foreach ((string key, Tensor now) in network.state_dict())
            Assert.Equal(!key.StartsWith(network.LastLayerName + ".", StringComparison.Ordinal), before[key].equal(now).all().item<bool>());
        Assert.True(features.equal(network.Features(input)).all().item<bool>());
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("efficientnet_b0")]
    public void Without_freezing_everything_learns(string name)
    {
        manual_seed(3);
        using FaceNetwork network = NetworkKind.Named(name).Create(3);
        network.train();
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD(network.parameters(), 0.01);
        Dictionary<string, Tensor> before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());

        network.forward(randn(4, 3, 64, 64)).square().sum().backward();
        optimizer.step();

        // Nothing of ours counts a normalisation's batches.
        string[] still =
            [.. network.state_dict().Where(entry =>
                !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)
                    && before[entry.Key].equal(entry.Value).all().item<bool>()).Select(entry => entry.Key)];
        // A block that stochastic depth leaves out for all four pictures has no gradient; at 0.2 of the last ones that is rare.
        Assert.InRange(still.Length, 0, 12);
    }

    [Fact]
    public void Stochastic_depth_drops_pictures_in_training_and_keeps_the_mean()
    {
        manual_seed(3);
        using var layer = new StochasticDepth(0.25);
        using var scope = NewDisposeScope();
        Tensor input = ones(4000, 2, 3, 3);

        layer.train();
        Tensor trained = layer.forward(input);
        layer.eval();
        Tensor evaluated = layer.forward(input);

        float[] means = trained.mean([1, 2, 3]).data<float>().ToArray();
        Assert.All(means, mean => Assert.True(mean == 0 || Math.Abs(mean - (1 / 0.75f)) < 1e-5, $"a picture came out as {mean}"));
        Assert.InRange(means.Count(mean => mean == 0) / 4000.0, 0.22, 0.28);
        Assert.True(evaluated.equal(input).all().item<bool>());
    }

    [Fact]
    public void A_network_that_does_not_exist_is_refused_with_those_that_do()
    {
        var error = Assert.Throws<UserErrorException>(() => NetworkKind.Named("resnet50"));

        Assert.StartsWith("There is no network 'resnet50'. There are: resnet18, alexnet, vgg16,", error.Message, StringComparison.Ordinal);
    }
}
