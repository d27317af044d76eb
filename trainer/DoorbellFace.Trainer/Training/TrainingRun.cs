using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Training;

/// <summary>
/// Trains a network on a dataset, with a checkpoint after every epoch. What happens in an epoch depends on the state at its start alone, so a
/// training that was killed goes on as if nothing had been.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly FaceDataset _dataset;
    private readonly IReadOnlyList<LabelledCrop> _trainCrops, _validationCrops;
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly Preprocessor _preprocessor;
    private readonly EpochPlan _plan;
    private readonly BatchSource _batches;
    private readonly LearningRateSchedule _schedule;
    private readonly FaceNetwork _network;
    private readonly AdamW _optimizer;
    private TrainingState _state;

    private TrainingRun(FaceDataset dataset, TrainingState state, string directory, TimeProvider time)
    {
        _dataset = dataset;
        _state = state;
        _directory = directory;
        _time = time;
        TrainingSettings settings = state.Settings;
        _trainCrops = dataset.Of(Split.Train);
        _validationCrops = dataset.Of(Split.Validation);
        _preprocessor = new Preprocessor(state.Preprocessor);
        _plan = new EpochPlan(_trainCrops, state.UnknownIndex, settings.Batch, settings.Seed);
        _batches = new BatchSource(_trainCrops, state.Preprocessor.Alignment is null ? AugmentationChain.Doorbell(settings.Size) : AugmentationChain.AlignedDoorbell(settings.Size), _preprocessor, settings.Seed);
        _schedule = new LearningRateSchedule(settings.LearningRate, TotalSteps, settings.WarmUpShare);
        manual_seed(settings.Seed);
        _network = NetworkKind.Named(settings.Network).Create(state.Labels.Count);
        if (_network is BackboneClassifier classifier && settings.Start != StartWeights.Random) classifier.HoldStatistics();
        _optimizer = optim.AdamW(_network.parameters(), lr: settings.LearningRate, weight_decay: settings.WeightDecay);
    }

    private string LastPath => Path.Combine(_directory, Checkpoint.LastFile);

    private string BestPath => Path.Combine(_directory, Checkpoint.BestFile);

    private long TotalSteps => (long)_plan.BatchesPerEpoch * _state.Settings.Epochs;

    private EpochResult? Best => _state.Epochs.Aggregate((EpochResult?)null, (best, epoch) => epoch.IsBetterThan(best) ? epoch : best);

    /// <summary>What was taken from the weights it began with; null when it began at random, or is resumed.</summary>
    public TransferReport? Start { get; private set; }

    /// <summary>Begins a training: start weights from the seed and, if there is one, from a file; and a first checkpoint.</summary>
    /// <param name="dataset">What to learn.</param>
    /// <param name="settings">How.</param>
    /// <param name="directory">Where the checkpoints go; it is created.</param>
    /// <param name="time">The clock.</param>
    /// <param name="startFile">Weights to start from; see <see cref="StartWeights.FileFor"/>.</param>
    /// <exception cref="InvalidWeightFileException">The file of weights cannot be used.</exception>
    public static TrainingRun Begin(FaceDataset dataset, TrainingSettings settings, string directory, TimeProvider time, string? startFile = null)
    {
        var run = new TrainingRun(dataset, StateOf(dataset, settings), directory, time);
        if (startFile is not null) run.Start = StartWeights.Take(startFile, run._network);
        if (startFile is not null && run._network is BackboneClassifier classifier)
        {
            using Tensor embeddings = from_array(Evaluator.Embed(classifier, run._trainCrops, run._preprocessor, settings.Batch)).reshape(-1, classifier.EmbeddingLength);
            classifier.Imprint(embeddings, [.. run._trainCrops.Select(crop => crop.Label)]);
        }
        Directory.CreateDirectory(directory);
        Checkpoint.Write(run.LastPath, run._state, run._network, run._optimizer);
        return run;
    }

    /// <summary>Goes on with the training whose checkpoint is in <paramref name="directory"/>.</summary>
    /// <exception cref="UserErrorException">There is no usable checkpoint, or the pictures are not those it began with.</exception>
    public static TrainingRun Resume(FaceDataset dataset, string directory, TimeProvider time)
    {
        string path = Path.Combine(directory, Checkpoint.LastFile);
        TrainingState state = Checkpoint.ReadState(path);
        if (state.Dataset.Sha256 != dataset.Description.Sha256)
            throw new UserErrorException(
                $"The training in '{directory}' began with other pictures (SHA-256 {state.Dataset.Sha256[..12]}..., {state.Dataset.ImagesPerLabel.Values.Sum()} of them) "
                + $"than there are now ({dataset.Description.Sha256[..12]}..., {dataset.Description.ImagesPerLabel.Values.Sum()}). Bring them back, or train anew with another --out.");
        var run = new TrainingRun(dataset, state, directory, time);
        try
        {
            Checkpoint.ReadNetwork(path, run._network);
            if (state.Epochs.Count > 0) Checkpoint.ReadOptimizer(path, run._optimizer);
        }
        catch
        {
            run.Dispose();
            throw;
        }
        return run;
    }

    /// <summary>Trains to the end, or until <paramref name="stop"/>; then measures the best network and writes it to best.checkpoint.</summary>
    /// <param name="onStep">Called after every step.</param>
    /// <param name="stop">Ends the training early; what there is by then becomes a usable model.</param>
    /// <returns>The state with its outcome.</returns>
    public TrainingState Run(Action<TrainingProgress> onStep, CancellationToken stop)
    {
        while (_state.Epochs.Count < _state.Settings.Epochs && !stop.IsCancellationRequested)
        {
            int epoch = _state.Epochs.Count;
            double? trainLoss = TrainEpoch(epoch, onStep, stop);
            if (trainLoss is null && _state.Epochs.Count > 0) break;

            // Interrupted within the first epoch: what was learnt by then is the best there is, and last.checkpoint stays at the beginning.
            Predictions validation = Evaluator.Predict(_network, _validationCrops, _preprocessor, _state.Settings.Batch);
            var result = new EpochResult(epoch + 1, trainLoss ?? 0, validation.Loss(), validation.Accuracy);
            TrainingState next = _state with { Epochs = [.. _state.Epochs, result] };
            if (result.IsBetterThan(Best)) Checkpoint.Write(BestPath, next, _network, optimizer: null);
            if (trainLoss is null) break;
            _state = next;
            Checkpoint.Write(LastPath, _state, _network, _optimizer);
        }
        return Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private static TrainingState StateOf(FaceDataset dataset, TrainingSettings settings) => new()
    {
        Version = TrainingState.CurrentVersion,
        Settings = settings,
        Preprocessor = NetworkKind.Named(settings.Network).Preprocessor(settings.Size),
        Labels = dataset.Labels,
        UnknownLabel = dataset.UnknownLabel,
        Dataset = dataset.Description,
        Epochs = [],
    };

    /// <summary>One pass over the training crops.</summary>
    /// <returns>The mean loss; null when it was interrupted.</returns>
    private double? TrainEpoch(int epoch, Action<TrainingProgress> onStep, CancellationToken stop)
    {
        _network.train();
        long started = _time.GetTimestamp(), step = (long)epoch * _plan.BatchesPerEpoch;
        double lossSum = 0;
        int seen = 0;
        foreach (Batch batch in _batches.Produce(epoch, _plan.Batches(epoch), stop))
        {
            float loss = TrainStep(batch, _schedule.At(step));
            if (!float.IsFinite(loss))
                throw new UserErrorException($"The loss is no longer a number in epoch {epoch + 1}: the learning rate {_state.Settings.LearningRate} is too high. Train again with a smaller --lr.");
            step++;
            seen += batch.Labels.Length;
            lossSum += (double)loss * batch.Labels.Length;
            double seconds = _time.GetElapsedTime(started).TotalSeconds;
            onStep(new TrainingProgress(epoch + 1, _state.Settings.Epochs, step, TotalSteps, lossSum / seen, seconds > 0 ? seen / seconds : 0, Best));
            if (stop.IsCancellationRequested) return null;
        }
        return stop.IsCancellationRequested ? null : lossSum / seen;
    }

    private float TrainStep(Batch batch, double learningRate)
    {
        using var scope = NewDisposeScope();
        foreach (var group in _optimizer.ParamGroups) group.LearningRate = learningRate;
        int size = _state.Settings.Size;
        Tensor input = from_array(batch.Tensor).reshape(batch.Labels.Length, _state.Preprocessor.Channels, size, size);
        Tensor loss = nn.functional.cross_entropy(_network.forward(input), from_array(batch.Labels), label_smoothing: _state.Settings.LabelSmoothing);
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }

    private TrainingState Finish()
    {
        TrainingState state = Checkpoint.ReadState(BestPath);
        Checkpoint.ReadNetwork(BestPath, _network);
        var measurement = new FinalMeasurement(_network, _preprocessor, state);
        TrainingState finished = state with
        {
            Epochs = _state.Epochs.Count > 0 ? _state.Epochs : state.Epochs,
            Outcome = measurement.Measure(_validationCrops, _dataset.Of(Split.Test), _trainCrops, _batches, _time.GetUtcNow()),
        };
        Checkpoint.Write(BestPath, finished, _network, optimizer: null);
        return finished;
    }
}
