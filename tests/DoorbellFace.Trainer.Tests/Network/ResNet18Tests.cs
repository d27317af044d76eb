using DoorbellFace.Trainer.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Network;

public class ResNet18Tests
{
    [Fact]
    public void Has_as_many_parameters_as_torchvisions()
    {
        using var network = new ResNet18(1000);

        Assert.Equal(11_689_512, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void A_third_block_in_the_last_layer_adds_two_convolutions_and_their_normalisations()
    {
        using var network = new ResNet18(1000, lastBlocks: 3);

        Assert.Equal(11_689_512 + (2 * ((512 * 512 * 9) + (2 * 512))), network.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Starts_with_the_spread_that_torchvision_starts_with()
    {
        manual_seed(1);
        using var network = new ResNet18(1000);
        using var scope = NewDisposeScope();
        var state = network.state_dict();

        // Kaiming, fan-out: standard deviation sqrt(2 / (output channels x kernel area)).
        Assert.Equal(Math.Sqrt(2.0 / (64 * 49)), state["conv1.weight"].std().item<float>(), tolerance: 0.001);
        Assert.Equal(Math.Sqrt(2.0 / (512 * 9)), state["layer4.1.conv2.weight"].std().item<float>(), tolerance: 0.0005);
        Assert.Equal(Math.Sqrt(2.0 / 128), state["layer2.0.downsample.0.weight"].std().item<float>(), tolerance: 0.005);
        Assert.Equal(1f, state["layer3.0.bn2.weight"].min().item<float>());
        Assert.Equal(0f, state["layer3.0.bn2.bias"].abs().max().item<float>());
        // A Linear is uniform up to 1 / sqrt(inputs).
        Assert.InRange(state["fc.weight"].abs().max().item<float>(), 0.04f, 1 / MathF.Sqrt(512));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(112)]
    [InlineData(120)]
    public void Takes_any_size_and_gives_logits_and_an_embedding(int size)
    {
        using var network = new ResNet18(7);
        network.eval();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor input = randn(2, 3, size, size);

        Tensor embedding = network.Embed(input), logits = network.forward(input);

        Assert.Equal([2, 512], embedding.shape);
        Assert.Equal([2, 7], logits.shape);
        Assert.True(allclose(network.Head(embedding), logits, 1e-6, 1e-6));
    }
}
