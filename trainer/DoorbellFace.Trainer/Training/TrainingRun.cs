using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Training;

/// <summary>
/// Trains a network on a dataset, with a checkpoint after every epoch. What happens in an epoch depends on the state at its start alone, so
/// a training that was killed goes on as if nothing had been.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    /// <summary>Folder in the training's own where frozen features are kept, unless another is named.</summary>
    public const string FeatureFolder = "features";

    /// <summary>With frozen features an epoch takes less time than writing a whole network: then checkpoints are so far apart.</summary>
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How fast the normalisations' statistics follow: torch's usual number. MobileNetV3's own, 0.01, was made for a million pictures; in
    /// the few hundred steps that a family gives, its statistics never arrive, and it stays at guessing though its loss falls (7 % of
    /// LFW-15 after 270 steps).
    /// </summary>
    private const double StatisticsMomentum = 0.1;

    private readonly FaceDataset _dataset;
    private readonly IReadOnlyList<LabelledCrop> _trainCrops, _validationCrops;
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly Preprocessor _preprocessor;
    private readonly EpochPlan _plan;
    private readonly BatchSource _batches;
    private readonly ResumableLoop _loop;
    private readonly FaceNetwork _network;
    private readonly OptimizerHelper _optimizer;
    private readonly string _featureFolder;
    private readonly BestLastLayer? _bestLastLayer;
    private FrozenFeatures? _features;
    private IBatchInput? _input;
    private TrainingState _state;
    private TrainingState? _unsavedBest;
    private long _savedAt;

    private TrainingRun(FaceDataset dataset, TrainingState state, string directory, string? featureFolder, TimeProvider time)
    {
        _dataset = dataset;
        _state = state;
        _directory = directory;
        _featureFolder = featureFolder ?? Path.Combine(directory, FeatureFolder);
        _time = time;
        TrainingSettings settings = state.Settings;
        _trainCrops = dataset.Of(Split.Train);
        _validationCrops = dataset.Of(Split.Validation);
        _preprocessor = new Preprocessor(state.Preprocessor);
        _plan = new EpochPlan(_trainCrops, state.UnknownIndex, settings.Batch, settings.Seed);
        _batches =
            new BatchSource(_trainCrops, AugmentationList.Parse(settings.Augment).Chain(settings.Size), _preprocessor, settings.Seed);
        manual_seed(settings.Seed);
        _network = NetworkKind.Named(settings.Network).Create(state.Labels.Count);
        KeptMemory.For(_network);
        foreach (BatchNorm2d layer in _network.modules().OfType<BatchNorm2d>().Where(layer => layer.momentum < StatisticsMomentum))
            layer.momentum = StatisticsMomentum;
        if (settings.Mode == TrainingSettings.FeatureExtraction)
        {
            _network.FreezeFeatures();
            _bestLastLayer = new BestLastLayer(_network);
        }
        if (_network is BackboneClassifier classifier && settings.Start != StartWeights.Random) classifier.HoldStatistics();
        _optimizer = Optimizers.Create(settings, _network.parameters().Where(parameter => parameter.requires_grad));
        var schedule =
            new LearningRateSchedule(settings.LearningRate, TotalSteps, settings.WarmUpShare,
                falls: settings.Schedule == TrainingSettings.Cosine);
        _loop = new ResumableLoop(_network, _optimizer, schedule, time);
    }

    private string LastPath => Path.Combine(_directory, Checkpoint.LastFile);

    private string BestPath => Path.Combine(_directory, Checkpoint.BestFile);

    private long TotalSteps => (long)_plan.BatchesPerEpoch * _state.Settings.Epochs;

    private bool IsFrozen => _bestLastLayer is not null;

    /// <summary>What was taken from the weights it began with; null when it began at random, or is resumed.</summary>
    public TransferReport? Start { get; private set; }

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<EpochResult> Epochs => _state.Epochs;

    /// <summary>What <see cref="Run"/> found out about the best network; null before.</summary>
    public MeasuredTraining? Measured { get; private set; }

    /// <summary>Begins a training: start weights from the seed and, if there is one, from a file; and a first checkpoint.</summary>
    /// <param name="dataset">What to learn.</param>
    /// <param name="settings">How.</param>
    /// <param name="directory">Where the checkpoints go; it is created.</param>
    /// <param name="time">The clock.</param>
    /// <param name="startFile">Weights to start from; see <see cref="StartWeights.FileFor"/>.</param>
    /// <param name="featureFolder">Where frozen features are kept, to be shared among trainings; by default in
    /// <paramref name="directory"/>.</param>
    /// <exception cref="InvalidWeightFileException">The file of weights cannot be used.</exception>
    public static TrainingRun Begin(FaceDataset dataset, TrainingSettings settings, string directory, TimeProvider time,
        string? startFile = null, string? featureFolder = null)
    {
        var run = new TrainingRun(dataset, StateOf(dataset, settings), directory, featureFolder, time);
        if (startFile is not null) run.Start = StartWeights.Take(startFile, run._network);
        if (startFile is not null && run._network is BackboneClassifier classifier)
        {
            using Tensor embeddings =
                TorchOperations.Copy(Evaluator.Embed(classifier, run._trainCrops, run._preprocessor, settings.Batch), -1,
                    classifier.EmbeddingLength);
            classifier.Imprint(embeddings, [.. run._trainCrops.Select(crop => crop.Label)]);
        }
        Directory.CreateDirectory(directory);
        run._loop.Write(run.LastPath, run._state);
        return run;
    }

    /// <summary>Goes on with the training whose checkpoint is in <paramref name="directory"/>.</summary>
    /// <exception cref="UserErrorException">There is no usable checkpoint, or the pictures are not those it began with.</exception>
    public static TrainingRun Resume(FaceDataset dataset, string directory, TimeProvider time, string? featureFolder = null)
    {
        string path = Path.Combine(directory, Checkpoint.LastFile);
        TrainingState state = TrainingState.Read(path);
        if (state.Dataset.Sha256 != dataset.Description.Sha256)
            throw new UserErrorException(
                $"The training in '{directory}' began with other pictures (SHA-256 {state.Dataset.Sha256[..12]}..., "
                + $"{state.Dataset.ImagesPerLabel.Values.Sum()} of them) "
                + $"than there are now ({dataset.Description.Sha256[..12]}..., {dataset.Description.ImagesPerLabel.Values.Sum()}). Bring "
                + $"them back, or train again with another --out.");
        var run = new TrainingRun(dataset, state, directory, featureFolder, time);
        try
        {
            run._loop.Read(path, withOptimizer: state.Epochs.Count > 0);
        }
        catch
        {
            run.Dispose();
            throw;
        }
        return run;
    }

    /// <summary>
    /// Trains to the end, or until <paramref name="stop"/>; then measures the best network and writes it to best.checkpoint.
    /// </summary>
    /// <param name="onStep">Called after every step.</param>
    /// <param name="stop">Ends the training early; what there is by then becomes a usable model.</param>
    /// <param name="onFeature">Called while frozen features are computed, with the number done and the number that was missing.</param>
    /// <returns>The state with its outcome.</returns>
    /// <exception cref="OperationCanceledException">It was stopped before all frozen features were there: nothing has been learnt
    /// yet.</exception>
    public TrainingState Run(Action<TrainingProgress> onStep, CancellationToken stop, Action<int, int>? onFeature = null)
    {
        Train(onStep, stop, onFeature);
        return Finish();
    }

    /// <summary>Trains to the end, or until <paramref name="stop"/>, with a checkpoint after every epoch.</summary>
    /// <returns>Whether it came to its end; if not, <see cref="Resume"/> goes on.</returns>
    /// <exception cref="OperationCanceledException">It was stopped before all frozen features were there: nothing has been learnt
    /// yet.</exception>
    public bool Train(Action<TrainingProgress> onStep, CancellationToken stop, Action<int, int>? onFeature = null)
    {
        _input = CreateInput(onFeature ?? ((_, _) => { }), stop);
        // An epoch over frozen features is over in a moment, so it is never cut short.
        while (!_state.IsComplete && (!stop.IsCancellationRequested || (IsFrozen && _state.Best is null)))
        {
            int epoch = _state.Epochs.Count;
            double? trainLoss = TrainEpoch(epoch, onStep, IsFrozen ? CancellationToken.None : stop);
            if (trainLoss is null && _state.Epochs.Count > 0) break;

            // Interrupted within the first epoch: what was learnt by then is the best there is, and last.checkpoint stays at the beginning.
            Predictions validation = _input.Predict(_validationCrops);
            // The last step of an epoch may be the one that throws the weights away; no loss was taken after it.
            if (validation.Logits.Any(logits => !logits.All(float.IsFinite))) throw GoneAstray(epoch);
            var result = new EpochResult(epoch + 1, trainLoss ?? 0, validation.Loss(), validation.Accuracy);
            TrainingState next = _state with { Epochs = [.. _state.Epochs, result] };
            if (result.IsBetterThan(_state.Best)) KeepBest(next);
            if (trainLoss is null) break;
            _state = next;
            if (!IsFrozen || _time.GetElapsedTime(_savedAt) >= BetweenCheckpoints) Save();
        }
        if (IsFrozen || _unsavedBest is not null) Save();
        return _state.IsComplete;
    }

    /// <summary>
    /// What the best network so far says of the crops to choose with and of those to measure with. It is the network from now on.
    /// </summary>
    public (Predictions Validation, Predictions Test) PredictWithBest()
    {
        Checkpoint.ReadNetwork(BestPath, _network);
        _input ??= CreateInput((_, _) => { }, CancellationToken.None);
        return (_input.Predict(_validationCrops), _input.Predict(_dataset.Of(Split.Test)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _features?.Dispose();
        _bestLastLayer?.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    private static TrainingState StateOf(FaceDataset dataset, TrainingSettings settings) => new()
    {
        Version = TrainingState.CurrentVersion,
        Settings = settings,
        Preprocessor = settings.ToPreprocessor(),
        Labels = dataset.Labels,
        UnknownLabel = dataset.UnknownLabel,
        Dataset = dataset.Description,
        Epochs = [],
    };

    private IBatchInput CreateInput(Action<int, int> onFeature, CancellationToken stop)
    {
        int batch = _state.Settings.MicroBatch > 0 ? _state.Settings.MicroBatch : _state.Settings.Batch;
        if (!IsFrozen)
            return new PictureInput(_network, TorchOperations.For(_state.Settings.MixedPrecision), _batches, _preprocessor, batch);
        _features ??= new FrozenFeatures(_network, _state.Settings, _featureFolder);
        _features.Compute(_trainCrops, [.. _validationCrops, .. _dataset.Of(Split.Test)], batch, onFeature, stop);
        return new FeatureInput(_network, _features, _trainCrops, batch);
    }

    /// <summary>One pass over the training crops.</summary>
    /// <returns>The mean loss; null when it was interrupted.</returns>
    private double? TrainEpoch(int epoch, Action<TrainingProgress> onStep, CancellationToken stop)
    {
        // Dropout draws from torch's generator: by this it depends on the epoch alone, too.
        manual_seed(((long)_state.Settings.Seed << 20) + epoch + 1);
        return _loop.Pass(
            (long)epoch * _plan.BatchesPerEpoch,
            _input!.Produce(epoch, _plan.Batches(epoch), stop),
            batch => batch.Labels.Length,
            Backward,
            _ => GoneAstray(epoch),
            at => onStep(new TrainingProgress(epoch + 1, _state.Settings.Epochs, at.Step + 1, TotalSteps, at.Mean, at.PerSecond,
                Environment.WorkingSet, _state.Epochs, _state.Best)),
            stop);
    }

    private UserErrorException GoneAstray(int epoch) =>
        new($"The loss is no longer a number in epoch {epoch + 1}: the learning rate {_state.Settings.LearningRate} is too high. Train "
            + $"again with a smaller --lr.", ExitCode.Failed);

    /// <summary>The gradients of a batch, which goes through the network in even parts, whose gradients add up.</summary>
    private (double Loss, double Shown) Backward(Batch batch)
    {
        Tensor input = _input!.ToTensor(batch), labels = from_array(batch.Labels);
        int crops = batch.Labels.Length, most = _state.Settings.MicroBatch > 0
            ? _state.Settings.MicroBatch
            : crops, parts = (crops + most - 1) / most;
        float sum = 0;
        for (int i = 0; i < parts; i++)
        {
            using var part = NewDisposeScope();
            long first = (long)crops * i / parts, count = ((long)crops * (i + 1) / parts) - first;
            Tensor logits = _input.Logits(input.narrow(0, first, count));
            Tensor loss =
                nn.functional.cross_entropy(logits, labels.narrow(0, first, count),
                    label_smoothing: _state.Settings.LabelSmoothing) * ((double)count / crops);
            loss.backward();
            sum += loss.item<float>();
        }
        return (sum, sum);
    }

    private void KeepBest(TrainingState state)
    {
        _bestLastLayer?.Keep();
        _unsavedBest = state;
    }

    /// <summary>
    /// The best network first: if the program is killed in between, the epochs since the older last.checkpoint come to the same best one
    /// again.
    /// </summary>
    private void Save()
    {
        if (_unsavedBest is { } best)
        {
            void WriteBest() => Checkpoint.Write(BestPath, best, _network, optimizer: null);
            if (_bestLastLayer is not null) _bestLastLayer.WhileInPlace(WriteBest);
            else WriteBest();
            _unsavedBest = null;
        }
        if (_state.Epochs.Count > 0) _loop.Write(LastPath, _state);
        _savedAt = _time.GetTimestamp();
    }

    private TrainingState Finish()
    {
        (Predictions validation, Predictions test) = PredictWithBest();
        // What calibrating and writing take comes on top of what training took: half a gigabyte each for VGG16.
        _optimizer.zero_grad();
        _optimizer.Dispose();
        TrainingState state = TrainingState.Read(BestPath);
        var measurement = new FinalMeasurement(_network, _preprocessor, state);
        TrainingState finished = state with
        {
            Epochs = _state.Epochs.Count > 0 ? _state.Epochs : state.Epochs,
            Outcome = measurement.Measure(validation, test, _trainCrops, _validationCrops, _batches, _time.GetUtcNow()),
        };
        Checkpoint.Write(BestPath, finished, _network, optimizer: null);
        Measured = new MeasuredTraining(finished, validation, test);
        return finished;
    }
}
