using DoorbellFace.Trainer.Network;
using TorchSharp;
using Xunit;

namespace DoorbellFace.Trainer.Tests.Network;

public sealed class MixedPrecisionCheckTests
{
    [Fact]
    public void A_rounded_answer_passes_and_a_wrong_one_is_named()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor exact = torch.arange(-100, 100).to_type(torch.ScalarType.Float32) / 7;

        Assert.Null(MixedPrecisionCheck.Compare(exact, exact.to_type(torch.ScalarType.BFloat16).to_type(torch.ScalarType.Float32)));
        Assert.Contains("ONEDNN_MAX_CPU_ISA", MixedPrecisionCheck.Compare(exact, exact * 0.9f), StringComparison.Ordinal);
    }

    [Fact]
    public void It_leaves_torchs_generator_alone()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        float expected = torch.rand(1).item<float>();
        torch.manual_seed(3);
        MixedPrecisionCheck.Look();

        Assert.Equal(expected, torch.rand(1).item<float>());
    }
}
