using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Tests.Network;
using DoorbellFace.Vision;
using TorchSharp;
using Xunit;

namespace DoorbellFace.Trainer.Tests.Distillation;

public sealed class DistillationRunTests : IDisposable
{
    private static readonly DistillationSettings Settings = new()
    {
        Epochs = 4, EarlyEpochs = 2, EarlySize = 64, Size = 96, Batch = 12, LearningRate = 1e-3, FirstCameraShare = 0, LastCameraShare = 0,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbellface-");
    private readonly FaceHarvest _harvest;

    public DistillationRunTests() => _harvest = SmallHarvest.Write(In("harvest"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_student_comes_nearer_to_the_teacher() => ComesNearer(mixedPrecision: false);

    [MixedPrecisionFact]
    public void The_student_comes_nearer_in_mixed_precision_too() => ComesNearer(mixedPrecision: true);

    private void ComesNearer(bool mixedPrecision)
    {
        using DistillationRun run = Begin("learns", Settings with { Epochs = 8, EarlyEpochs = 8, MixedPrecision = mixedPrecision });

        DistillationState state = run.Run(_ => { }, CancellationToken.None);

        Assert.Equal(8, state.Epochs.Count);
        Assert.True(state.Epochs[^1].TrainCosine > state.Epochs[0].TrainCosine + 0.2, $"{state.Epochs[0]} and then {state.Epochs[^1]}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Interrupted_and_resumed_it_ends_with_the_same_weights(int views) => EndsTheSame(mixedPrecision: false, views);

    [MixedPrecisionFact]
    public void Interrupted_and_resumed_in_mixed_precision_it_ends_with_the_same_weights_too() =>
        EndsTheSame(mixedPrecision: true, views: 0);

    private void EndsTheSame(bool mixedPrecision, int views)
    {
        DistillationSettings settings = Settings with { MixedPrecision = mixedPrecision, Views = views };
        using DistillationRun whole = Begin("whole", settings);
        whole.Run(_ => { }, CancellationToken.None);

        using (var stop = new CancellationTokenSource())
        using (DistillationRun first = Begin("halves", settings))
        {
            first.Run(progress => { if (progress.Step == 3) stop.Cancel(); }, stop.Token);
            Assert.Equal(3, first.State.Steps);
        }
        using DistillationRun second =
            DistillationRun.Resume(_harvest, ViewsFor(settings), In("halves"), begun => begun, TimeProvider.System);
        second.Run(_ => { }, CancellationToken.None);

        Assert.Equal(WeightsOf(whole.Network), WeightsOf(second.Network));
    }

    [Fact]
    public void Views_are_learnt_beside_the_faces_and_people_seen_are_told_from_people_never_seen()
    {
        using DistillationRun run = Begin("views", Settings with { Epochs = 8, EarlyEpochs = 8, Views = 60 });

        DistillationState state = run.Run(_ => { }, CancellationToken.None);

        int learntFrom = _harvest.Faces.Count(face => !HeldOutFaces.Contains(face));
        Assert.Equal(8 * (((2 * learntFrom) + Settings.Batch - 1) / Settings.Batch), state.Steps);
        Assert.True(state.Epochs[^1].TrainCosine > state.Epochs[0].TrainCosine + 0.1, $"{state.Epochs[0]} and then {state.Epochs[^1]}");
        Assert.True(state.Epochs[^1].SeenCleanCosine > state.Epochs[^1].CleanCosine + 0.1, $"{state.Epochs[^1]}");
    }

    [Fact]
    public void Another_number_of_views_than_the_settings_say_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentException>(() =>
            DistillationRun.Begin(_harvest, ViewsFor(Settings with { Views = 5 }), Settings with { Views = 6 }, start: null, In("mistake"),
                TimeProvider.System));

    [Fact]
    public void Resumed_with_fewer_epochs_it_ends_there()
    {
        using (var stop = new CancellationTokenSource())
        using (DistillationRun first = Begin("shorter", Settings)) first.Run(_ => stop.Cancel(), stop.Token);

        using DistillationRun second =
            DistillationRun.Resume(_harvest, null, In("shorter"), begun => begun with { Epochs = 2, EarlyEpochs = 1 }, TimeProvider.System);

        Assert.Equal(2, second.Run(_ => { }, CancellationToken.None).Epochs.Count);
    }

    [Fact]
    public void Without_epochs_it_measures_the_start_and_leaves_it_as_it_is()
    {
        using DistillationRun run = Begin("nothing", Settings with { Epochs = 0, EarlyEpochs = 0 });
        float[] before = WeightsOf(run.Network);

        DistillationState state = run.Run(_ => Assert.Fail("A step was made."), CancellationToken.None);

        Assert.Equal(before, WeightsOf(run.Network));
        Assert.Equal((0, 0), (state.Steps, state.Epochs.Single().Number));
        Assert.InRange(state.Epochs[0].CleanCosine, -1, 1);
        Assert.True(File.Exists(Path.Combine(In("nothing"), DistillationRun.CheckpointFile)));
    }

    [Fact]
    public void Another_harvest_is_refused()
    {
        using (DistillationRun run = Begin("other", Settings with { Epochs = 1, EarlyEpochs = 1 }))
            run.Run(_ => { }, CancellationToken.None);
        string embeddings = Path.Combine(In("harvest"), FaceHarvest.EmbeddingsFile);
        byte[] changed = File.ReadAllBytes(embeddings);
        changed[2] ^= 1;
        File.WriteAllBytes(embeddings, changed);

        Assert.Throws<UserErrorException>(() =>
            DistillationRun.Resume(FaceHarvest.Read(In("harvest")), null, In("other"), begun => begun, TimeProvider.System));
    }

    [Theory]
    [InlineData("Fp32", 0.99999f)]
    [InlineData("Fp16", 0.999f)]
    [InlineData("Int8", 0.95f)]
    public void The_exported_backbone_sees_what_the_trained_one_sees(string precision, float leastCosine)
    {
        using DistillationRun run = Begin("exported", Settings with { Epochs = 2, EarlyEpochs = 1 });
        run.Run(_ => { }, CancellationToken.None);
        string model = In("model-" + precision);

        ModelManifest manifest =
            BackboneExport.Write(Path.Combine(In("exported"), DistillationRun.CheckpointFile), _harvest, Enum.Parse<Precision>(precision),
                model, DateTimeOffset.UnixEpoch);
        HarvestStrangers.Write(model, _harvest, seed: 1);

        using var embedder = OnnxFaceEmbedder.Load(model, threads: 1);
        Assert.Equal(ModelTask.Embedding, manifest.Task);
        Assert.Equal(SmallHarvest.Faces,
            StrangerBank.Parse(File.ReadAllBytes(Path.Combine(model, StrangerBankExport.FileName)), manifest.ModelSha256).Strangers.Count);
        for (int face = 0; face < 4; face++)
        {
            Embedding exported = embedder.Embed(_harvest.Crop(face), HarvestStrangers.InCrop);
            Assert.InRange(exported.Similarity(TrainedEmbedding(run.Network, face)), leastCosine, 1.0001f);
        }
    }

    /// <summary>As the host looks: at the face and at its mirror image.</summary>
    private Embedding TrainedEmbedding(FaceBackbone network, int face)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        network.eval();
        var preprocessor = new Preprocessor(PreprocessorSettings.AlignedGray(Settings.Size));
        float[] tensor = preprocessor.ToTensor(Core.Faces.FaceAlignment.Align(_harvest.Crop(face), HarvestStrangers.InCrop, Settings.Size));
        torch.Tensor input = torch.from_array(tensor).reshape(1, 1, Settings.Size, Settings.Size);
        Embedding Seen(torch.Tensor picture) => Embedding.Of(network.forward(picture).data<float>().ToArray());
        return Embedding.Mean([(Seen(input), 1), (Seen(input.flip(3)), 1)]);
    }

    private static float[] WeightsOf(FaceBackbone network) =>
        [.. network.state_dict().Values.Where(tensor => tensor.dtype == torch.ScalarType.Float32)
            .SelectMany(tensor => tensor.data<float>().ToArray())];

    /// <summary>Views of the small harvest, about which a teacher was asked that knows nothing but how bright a picture is.</summary>
    private ViewHarvest? ViewsFor(DistillationSettings settings)
    {
        if (settings.Views == 0) return null;
        string path = ViewHarvest.FileOf(In("harvest"), settings.Seed);
        ViewHarvest.Gather(path, _harvest, settings.Seed, settings.Views, () => new ToneTeacher(), _ => { }, CancellationToken.None);
        return ViewHarvest.Read(path, _harvest, settings.Seed, settings.Views);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private DistillationRun Begin(string name, DistillationSettings settings) =>
        DistillationRun.Begin(_harvest, ViewsFor(settings), settings, start: null, In(name), TimeProvider.System);
}
