using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// Teaches the backbone the teacher's embeddings: the teacher saw the clean gray face, the student sees it as the doorbell would.
/// What happens in a step depends on the settings and the step's number alone, so a training that was killed goes on as if nothing had
/// been.
/// </summary>
internal sealed class DistillationRun : IDisposable
{
    /// <summary>The checkpoint to go on from.</summary>
    public const string CheckpointFile = "last.checkpoint";

    /// <summary>A checkpoint is written after so many steps: minutes of work.</summary>
    private const int StepsBetweenCheckpoints = 150;

    private readonly string _directory;
    private readonly TrainingPictures _pictures;
    private readonly LabelledCrop[] _heldOut, _seen;
    private readonly EpochPlan _plan;
    private readonly FaceBackbone _network;
    private readonly AdamW _optimizer;
    private readonly ResumableLoop _loop;
    private readonly Tensor _bank;
    private readonly DistillationLoss _loss;
    private readonly TorchOperations _operations;
    private DistillationState _state;

    private DistillationRun(FaceHarvest harvest, ViewHarvest? views, DistillationState state, string directory, TimeProvider time)
    {
        _state = state;
        _directory = directory;
        DistillationSettings settings = state.Settings;
        if ((views?.Count ?? 0) != settings.Views)
            throw new ArgumentException($"The settings ask for {settings.Views} views; there are {views?.Count ?? 0}.", nameof(views));
        _pictures = new TrainingPictures(harvest, views);
        _heldOut =
            [.. Enumerable.Range(0, harvest.Faces.Count).Where(face => HeldOutFaces.Contains(harvest.Faces[face]))
                .Select(face => new LabelledCrop(face, Split.Validation, harvest.Crop(face)))];
        int apart = Math.Max(1, _pictures.Faces / Math.Max(1, _heldOut.Length));
        _seen = [.. Enumerable.Range(0, Math.Min(_heldOut.Length, _pictures.Faces)).Select(i => _pictures[i * apart])];
        _plan = new EpochPlan(_pictures.Faces, _pictures.Count - _pictures.Faces, settings.Batch, settings.Seed);
        _bank = TorchOperations.Copy(harvest.Embeddings, harvest.Faces.Count, Teacher.EmbeddingLength);
        _loss = new DistillationLoss(_bank, settings.RelationWeight, settings.HardPairWeight);
        _operations = TorchOperations.For(settings.MixedPrecision);
        manual_seed(settings.Seed);
        _network = new FaceBackbone();
        _optimizer = optim.AdamW(_network.parameters(), lr: settings.LearningRate, weight_decay: settings.WeightDecay);
        _loop = new ResumableLoop(_network, _optimizer, new LearningRateSchedule(settings.LearningRate, TotalSteps, settings.WarmUpShare),
            time);
    }

    private long TotalSteps => (long)_plan.BatchesPerEpoch * _state.Settings.Epochs;

    private string CheckpointPath => Path.Combine(_directory, CheckpointFile);

    /// <summary>The network, as far as it has learnt.</summary>
    public FaceBackbone Network => _network;

    /// <summary>How far it is.</summary>
    public DistillationState State => _state;

    /// <summary>Begins.</summary>
    /// <param name="harvest">The faces and what the teacher says of them.</param>
    /// <param name="views">Views made of them, as many as the settings say; null for none.</param>
    /// <param name="settings">How.</param>
    /// <param name="start">Puts start weights into the network; null leaves them random.</param>
    /// <param name="directory">Where the checkpoint goes; created.</param>
    /// <param name="time">The clock.</param>
    public static DistillationRun Begin(FaceHarvest harvest, ViewHarvest? views, DistillationSettings settings, Action<FaceBackbone>? start,
        string directory, TimeProvider time)
    {
        var state = new DistillationState
        {
            Version = DistillationState.CurrentVersion, Settings = settings, Faces = harvest.Faces.Count, HarvestSha256 = HashOf(harvest),
        };
        var run = new DistillationRun(harvest, views, state, directory, time);
        start?.Invoke(run._network);
        Directory.CreateDirectory(directory);
        return run;
    }

    /// <summary>How the training in a folder stands.</summary>
    /// <exception cref="UserErrorException">There is no usable checkpoint.</exception>
    public static DistillationState ReadState(string directory) =>
        Checkpoint.ReadState<DistillationState>(Path.Combine(directory, CheckpointFile));

    /// <summary>Goes on from the checkpoint in <paramref name="directory"/>.</summary>
    /// <param name="harvest">The faces it began with.</param>
    /// <param name="views">Views made of them, as many as the amended settings say; null for none.</param>
    /// <param name="directory">Where the checkpoint is.</param>
    /// <param name="amend"> Changes what the training is to come to: the number of epochs, the views and the sizes. The learning rate then
    /// falls to zero at the new end.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">There is no usable checkpoint, or the harvest is another one.</exception>
    public static DistillationRun Resume(FaceHarvest harvest, ViewHarvest? views, string directory,
        Func<DistillationSettings, DistillationSettings> amend, TimeProvider time)
    {
        string path = Path.Combine(directory, CheckpointFile);
        DistillationState state = ReadState(directory);
        if (state.HarvestSha256 != HashOf(harvest))
            throw new UserErrorException(
                $"The training in '{directory}' began with {state.Faces} other faces than the harvest's {harvest.Faces.Count}. Bring them "
                + $"back, or begin again with another --out.");
        state = state with { Settings = amend(state.Settings) };
        var run = new DistillationRun(harvest, views, state, directory, time);
        try
        {
            run._loop.Read(path);
        }
        catch
        {
            run.Dispose();
            throw;
        }
        return run;
    }

    /// <summary>Trains to the end or until <paramref name="stop"/>, writing the checkpoint as it goes and at the end.</summary>
    public DistillationState Run(Action<DistillationProgress> onStep, CancellationToken stop)
    {
        while (_state.Steps < TotalSteps && !stop.IsCancellationRequested)
        {
            int epoch = (int)(_state.Steps / _plan.BatchesPerEpoch), done = (int)(_state.Steps % _plan.BatchesPerEpoch);
            double mean = 0;
            _loop.Pass(
                _state.Steps,
                SourceFor(epoch).Produce(epoch, [.. _plan.Batches(epoch).Skip(done)], stop),
                batch => batch.Labels.Length,
                batch => Backward(batch, epoch),
                GoneAstray,
                at =>
                {
                    _state = _state with { Steps = at.Step + 1 };
                    mean = at.Mean;
                    onStep(new DistillationProgress(epoch + 1, _state.Steps, TotalSteps, at.Recent, at.PerSecond,
                        _state.Epochs.Count > 0 ? _state.Epochs[^1] : null));
                    if (!stop.IsCancellationRequested && _state.Steps % StepsBetweenCheckpoints == 0) WriteCheckpoint();
                },
                stop);
            if (stop.IsCancellationRequested && _state.Steps % _plan.BatchesPerEpoch != 0) break;
            _state = _state with { Epochs = [.. _state.Epochs, Measured(epoch + 1, mean, _state.Settings.SizeIn(epoch))] };
            WriteCheckpoint();
        }
        if (TotalSteps == 0) _state = _state with { Epochs = [Measured(0, 0, _state.Settings.Size)] };
        WriteCheckpoint();
        return _state;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _bank.Dispose();
    }

    private static string HashOf(FaceHarvest harvest) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(harvest.Embeddings.AsSpan())));

    private BatchSource SourceFor(int epoch)
    {
        DistillationSettings settings = _state.Settings;
        int size = settings.SizeIn(epoch);
        float share = float.Lerp(settings.FirstCameraShare, settings.LastCameraShare, (float)epoch / Math.Max(settings.Epochs - 1, 1));
        var augmentation =
            new AugmentationChain(new AlignedPlacement(size, FaceHarvest.CropSpan), new HorizontalFlip(), new RandomOcclusion(),
                new RandomExposure(), new SmallCamera(share));
        return new BatchSource(_pictures, augmentation, new Preprocessor(PreprocessorSettings.AlignedGray(size)), settings.Seed);
    }

    private (double Loss, double Shown) Backward(Batch batch, int epoch)
    {
        int size = _state.Settings.SizeIn(epoch);
        Tensor input = TorchOperations.Copy(batch.Tensor, batch.Labels.Length, 1, size, size);
        (Tensor loss, Tensor cosine) = _loss.Of(_network.Describe(_operations, input), TaughtOf(batch));
        loss.backward();
        return (loss.item<float>(), 1 - cosine.item<float>());
    }

    private UserErrorException GoneAstray(long step) => new(
        $"The loss is no longer a number in step {step + 1}: the learning rate {_state.Settings.LearningRate} is too high. To go on from "
        + $"the checkpoint is of no use; begin again with a smaller --lr.");

    /// <summary>What the teacher says of a batch, N x 256.</summary>
    private Tensor TaughtOf(Batch batch)
    {
        var embeddings = new float[batch.Labels.Length * Teacher.EmbeddingLength];
        for (int i = 0; i < batch.Labels.Length; i++)
            _pictures.CopyEmbedding(batch.Labels[i], embeddings.AsSpan(i * Teacher.EmbeddingLength, Teacher.EmbeddingLength));
        return TorchOperations.Copy(embeddings, batch.Labels.Length, Teacher.EmbeddingLength);
    }

    private DistillationEpoch Measured(int number, double trainCosine, int size) => new(
        number, trainCosine, MeanCosine(_heldOut, size, cameraShare: 0), MeanCosine(_heldOut, size, cameraShare: 1),
            MeanCosine(_seen, size, cameraShare: 0), MeanCosine(_seen, size, cameraShare: 1));

    private double MeanCosine(LabelledCrop[] faces, int size, float cameraShare)
    {
        if (faces.Length == 0) return 0;
        var preprocessor = new Preprocessor(PreprocessorSettings.AlignedGray(size));
        var placement = new AugmentationChain(new CentrePlacement(size, FaceHarvest.CropSpan), new SmallCamera(cameraShare));
        var source = new BatchSource(faces, placement, preprocessor, _state.Settings.Seed);
        double sum = 0;
        _network.eval();
        using var frozen = no_grad();
        int[][] chunks = [.. Enumerable.Range(0, faces.Length).Chunk(_state.Settings.Batch)];
        foreach (Batch batch in source.Produce(0, chunks, CancellationToken.None))
        {
            using var scope = NewDisposeScope();
            Tensor input = TorchOperations.Copy(batch.Tensor, batch.Labels.Length, 1, size, size);
            Tensor student = nn.functional.normalize(_network.forward(input), dim: 1);
            sum += (student * TaughtOf(batch)).sum().item<float>();
        }
        return sum / faces.Length;
    }

    private void WriteCheckpoint() => _loop.Write(CheckpointPath, _state);
}
