using System.Diagnostics;
using System.Text.Json.Nodes;
using DoorbellFace.Trainer.Network;
using TorchSharp;
using TorchSharp.Modules;

namespace DoorbellFace.Trainer.Tests.Network;

public class KeptMemoryTests
{
    [Fact]
    public void A_training_step_finds_its_memory_where_the_step_before_left_it()
    {
        // 113,000 pages a step if the system took it back; in a program of its own, whose main thread trains as in ./doorbell train.
        Assert.InRange(PageFaultsPerStep("--size", "224", "--batch", "16", "--steps", "2"), 0, 20_000);
    }

    [Fact]
    public void Layers_of_hundreds_of_megabytes_are_given_back()
    {
        using Linear large = torch.nn.Linear(10_001, 10_000, device: torch.META),
            small = torch.nn.Linear(9_999, 10_000, device: torch.META);
        try
        {
            KeptMemory.For(large);
            Assert.False(KeptMemory.OfLargePieces);
        }
        finally
        {
            KeptMemory.For(small);
        }
        Assert.True(KeptMemory.OfLargePieces);
    }

    private static double PageFaultsPerStep(params string[] options)
    {
        using Process process = DotnetProgram.Start(typeof(ResNet18).Assembly, ["measure-training", "--json", .. options]);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return JsonNode.Parse(output)!["page_faults_per_step"]!.GetValue<double>();
    }
}
