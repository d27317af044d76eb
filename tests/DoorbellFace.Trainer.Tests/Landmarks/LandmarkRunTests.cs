using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Landmarks;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Landmarks;

public sealed class LandmarkRunTests : IDisposable
{
    private static readonly LandmarkSettings Settings = new() { Steps = 6, Batch = 8 };
    private static readonly LandmarkMaterial Material = new(3, 0, "none");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-landmarks-");
    private readonly LandmarkSamples _samples = new(DrawnFaces.Draw(3), [], [], seed: 1),
        _heldOut = new(DrawnFaces.Draw(2, firstSeed: 50), [], [], seed: 1);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_training_stopped_and_resumed_ends_as_one_that_was_not()
    {
        LandmarkReport whole = Train("whole", stopAfter: null).Reports[^1];

        LandmarkState stopped = Train("parts", stopAfter: 2);
        LandmarkReport resumed = Train("parts", stopAfter: null).Reports[^1];

        Assert.Equal(2, stopped.Steps);
        Assert.Equal(whole.Error, resumed.Error, tolerance: 1e-3);
        Assert.Equal(whole.OthersKept, resumed.OthersKept, tolerance: 0.02);
    }

    [Fact]
    public void Learns_where_the_eyes_are()
    {
        using LandmarkRun run = Start("learning", new LandmarkSettings { Steps = 240, Batch = 16 }, Material);
        var losses = new List<double>();

        run.Run(progress => losses.Add(progress.Loss), CancellationToken.None);

        // Each loss is the mean over the 50 steps before it.
        Assert.True(losses[^1] < 0.75 * losses[49], $"the loss went from {losses[49]} to {losses[^1]}");
    }

    [Fact]
    public void Begins_with_the_weights_of_another_training()
    {
        using LandmarkRun before = Start("before", Settings, Material);
        before.Run(_ => { }, CancellationToken.None);

        using LandmarkRun further =
            Start("further", Settings, Material, LandmarkRun.CheckpointIn(Path.Combine(_folder.FullName, "before")));
        using LandmarkRun again = Start("again", Settings, Material);

        Assert.Equal(0, further.State.Steps);
        Assert.Equal(WeightsOf(before), WeightsOf(further));
        Assert.NotEqual(WeightsOf(before), WeightsOf(again));
    }

    [Fact]
    public void What_it_exports_the_host_loads()
    {
        string model = Path.Combine(_folder.FullName, "model");
        using LandmarkRun run = Start("exported", Settings, Material);
        run.Run(_ => { }, CancellationToken.None);

        LandmarkExport.Write(run, Precision.Fp16, model, DateTimeOffset.UnixEpoch);

        using var verifier = OnnxFaceVerifier.Load(model, threads: 1);
        Assert.Equal(ModelTask.Landmarks, verifier.Manifest.Task);
        Assert.Equal(LandmarkSettings.Margin, verifier.Manifest.Preprocessor.FaceMargin);
    }

    [Fact]
    public void Other_material_is_refused()
    {
        Train("other", stopAfter: 1);

        var error = Assert.Throws<UserErrorException>(() => Start("other", Settings, Material with { Faces = 4 }));

        Assert.Contains("began with other material (3 faces, 0 false alarms; now 4 and 0)", error.Message, StringComparison.Ordinal);
    }

    private static float[] WeightsOf(LandmarkRun run) =>
        [.. run.Network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];

    private LandmarkState Train(string name, int? stopAfter)
    {
        using LandmarkRun run = Start(name, Settings, Material);
        using var stop = new CancellationTokenSource();
        return run.Run(progress => { if (progress.Step == stopAfter) stop.Cancel(); }, stop.Token);
    }

    private LandmarkRun Start(string name, LandmarkSettings settings, LandmarkMaterial material, string? weights = null) =>
        LandmarkRun.Start(
        _samples, _heldOut, new LandmarkState { Settings = settings, Material = material }, Path.Combine(_folder.FullName, name),
            TimeProvider.System, weights);
}
