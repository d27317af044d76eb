using System.Diagnostics;
using System.Text.Json;

namespace DoorbellFace.Trainer.Tests.Network;

/// <summary>What torchvision says about a network: tests/fixtures/torchvision.</summary>
/// <param name="LastLayer">Name of the layer that transfer learning replaces.</param>
/// <param name="Answers">For some pictures.</param>
/// <param name="StateDict">Names and shapes.</param>
internal sealed record TorchvisionAnswers(string LastLayer, IReadOnlyList<TorchvisionAnswers.Answer> Answers,
    IReadOnlyDictionary<string, long[]> StateDict)
{
    private const string Python = "/usr/bin/python3", Package = "/usr/lib/python3/dist-packages/torchvision/__init__.py";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Answers for pictures of one size.</summary>
    /// <param name="Size">Edge of the pictures.</param>
    /// <param name="Logits">One row for each picture.</param>
    /// <param name="EmbeddingStart">The first eight numbers of each embedding.</param>
    public sealed record Answer(int Size, float[][] Logits, float[][] EmbeddingStart);

    /// <summary>Why torchvision itself cannot be asked here, or null.</summary>
    public static string? WhatIsMissing =>
        File.Exists(Package)
            ? null
            : "needs torchvision to compare with: apt-get install python3-torchvision (0.5 GB with what it brings along)";

    public static TorchvisionAnswers Read(string network) => Read(Repository.Fixture("torchvision"), network);

    public static TorchvisionAnswers Read(string folder, string network) =>
        JsonSerializer.Deserialize<TorchvisionAnswers>(File.ReadAllText(Path.Combine(folder, network + ".json")), Json)!;

    /// <summary>Lets torchvision draw weights, write them to a file, and answer.</summary>
    public static Answer Save(string network, string format, string path) =>
        JsonSerializer.Deserialize<Answer>(Ask("save", network, format, path), Json)!;

    /// <summary>Runs the script that made the fixtures.</summary>
    public static string Ask(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, [Repository.Fixture("torchvision/torchvision_answers.py"), .. arguments])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}

/// <summary>A theory that asks torchvision itself. Where it is not installed the test is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchvisionTheoryAttribute : TheoryAttribute
{
    public TorchvisionTheoryAttribute() => Skip = TorchvisionAnswers.WhatIsMissing;
}
