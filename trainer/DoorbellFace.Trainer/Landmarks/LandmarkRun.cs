using DoorbellFace.Core.Faces;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>
/// Trains the landmark network. What happens in a step depends on the settings and the step's number alone, so a training that was killed
/// goes on as if nothing had been.
/// </summary>
internal sealed class LandmarkRun : IDisposable
{
    /// <summary>The threshold is put where so many of the faces held out are kept.</summary>
    public const double FacesToKeep = 0.997;

    private const int StepsBetweenCheckpoints = 100, StepsBetweenReports = 300;

    /// <summary>Crops of people held out by which it is measured; their step number.</summary>
    private const int MeasuredCrops = 3072, MeasuredStep = -1;

    /// <summary>
    /// Weight of the landmarks' error, in parts of the crop's edge, beside the logit's cross-entropy. An error of a twentieth of the eye
    /// distance, about 0.015, then counts as much as a face believed with 75 %.
    /// </summary>
    private const double LandmarkWeight = 20;

    /// <summary>
    /// Below this error (parts of the edge) the loss is a square: less than a third of a pixel, where the teacher itself is not exact.
    /// </summary>
    private const double SquareBelow = 0.005;

    private readonly LandmarkSamples _samples, _heldOut;
    private readonly string _directory;
    private readonly LandmarkNetwork _network;
    private readonly AdamW _optimizer;
    private readonly ResumableLoop _loop;
    private LandmarkState _state;

    private LandmarkRun(LandmarkSamples samples, LandmarkSamples heldOut, LandmarkState state, string directory, TimeProvider time)
    {
        (_samples, _heldOut, _state, _directory) = (samples, heldOut, state, directory);
        LandmarkSettings settings = state.Settings;
        manual_seed(settings.Seed);
        _network = new LandmarkNetwork(MeanLandmarks());
        _optimizer = optim.AdamW(_network.parameters(), lr: settings.LearningRate, weight_decay: settings.WeightDecay);
        _loop = new ResumableLoop(_network, _optimizer,
            new LearningRateSchedule(settings.LearningRate, settings.Steps, settings.WarmUpShare), time);
    }

    /// <summary>The network, as far as it has learnt.</summary>
    public LandmarkNetwork Network => _network;

    /// <summary>How far it is.</summary>
    public LandmarkState State => _state;

    /// <summary>The file to go on from.</summary>
    public static string CheckpointIn(string directory) => Path.Combine(directory, Checkpoint.LastFile);

    /// <summary>Where landmarks are in a crop whose box is right.</summary>
    public static float[] MeanLandmarks()
    {
        FacePlace place = FacePlace.Of(FaceAlignment.Template);
        FaceLandmarks seen = FaceAlignment.Template.Map(place.CropToFrame(edgePixels: 1, LandmarkSettings.Margin).Inverse());
        return [.. seen.Points.SelectMany(point => new[] { point.X, point.Y })];
    }

    /// <summary>Begins, or goes on from the checkpoint if one is there.</summary>
    /// <param name="samples">What is learnt from.</param>
    /// <param name="heldOut">What is measured with.</param>
    /// <param name="begun">How and with what; of a checkpoint's, the material must be the same.</param>
    /// <param name="directory">Where the checkpoint is or goes; created.</param>
    /// <param name="time">The clock.</param>
    /// <param name="weights">Checkpoint of another training, whose weights one that begins starts from; null: random ones.</param>
    /// <exception cref="UserErrorException">The checkpoint is not usable, or began with other material.</exception>
    public static LandmarkRun Start(LandmarkSamples samples, LandmarkSamples heldOut, LandmarkState begun, string directory,
        TimeProvider time, string? weights = null)
    {
        Directory.CreateDirectory(directory);
        string path = CheckpointIn(directory);
        if (!File.Exists(path)) return WithWeights(new LandmarkRun(samples, heldOut, begun, directory, time), run =>
        {
            if (weights is not null) Checkpoint.ReadNetwork(weights, run._network);
        });
        LandmarkState state = Checkpoint.ReadState<LandmarkState>(path);
        if (state.Material != begun.Material)
            throw new UserErrorException(
                $"The training in '{directory}' began with other material ({state.Material.Faces} faces, {state.Material.Alarms} false "
                + $"alarms; now {begun.Material.Faces} and {begun.Material.Alarms}). Bring it back, or begin again with another --out.");
        return Read(samples, heldOut, state, directory, time);
    }

    /// <summary>
    /// A training that has reached its end, to be exported again; null when the one in <paramref name="directory"/> has not.
    /// </summary>
    public static LandmarkRun? Finished(string directory, TimeProvider time)
    {
        LandmarkState state = Checkpoint.ReadState<LandmarkState>(CheckpointIn(directory));
        var nothing = new LandmarkSamples([], [], [], state.Settings.Seed);
        return state.Steps < state.Settings.Steps ? null : Read(nothing, nothing, state, directory, time);
    }

    /// <summary>Trains to the end or until <paramref name="stop"/>, writing the checkpoint as it goes and at the end.</summary>
    public LandmarkState Run(Action<LandmarkProgress> onStep, CancellationToken stop)
    {
        double lossSum = 0;
        int lossSteps = 0;
        _loop.Pass(
            _state.Steps,
            Steps(stop),
            _ => _state.Settings.Batch,
            Backward,
            GoneAstray,
            at =>
            {
                lossSum += at.Shown;
                lossSteps++;
                _state = _state with { Steps = (int)at.Step + 1 };
                bool last = _state.Steps == _state.Settings.Steps;
                if (last || _state.Steps % StepsBetweenReports == 0)
                {
                    _state = _state with { Reports = [.. _state.Reports, Measure(lossSum / lossSteps)] };
                    (lossSum, lossSteps) = (0, 0);
                    _network.train();
                }
                if (last || _state.Steps % StepsBetweenCheckpoints == 0) WriteCheckpoint();
                onStep(new LandmarkProgress(_state.Steps, _state.Settings.Steps, at.Recent, at.PerSecond,
                    _state.Reports.Count > 0 ? _state.Reports[^1] : null));
            },
            stop);
        WriteCheckpoint();
        return _state;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private static LandmarkRun Read(LandmarkSamples samples, LandmarkSamples heldOut, LandmarkState state, string directory,
        TimeProvider time)
    {
        return WithWeights(new LandmarkRun(samples, heldOut, state, directory, time), run =>
        {
            run._loop.Read(CheckpointIn(directory));
        });
    }

    private static LandmarkRun WithWeights(LandmarkRun run, Action<LandmarkRun> read)
    {
        try
        {
            read(run);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private static (Tensor Input, Tensor IsFace, Tensor Landmarks) Batch(LandmarkSamples samples, int step, int first, int count)
    {
        const int Pixels = LandmarkNetwork.Size * LandmarkNetwork.Size;
        var input = new float[count * Pixels];
        var landmarks = new float[count * LandmarkNetwork.Coordinates];
        var isFace = new float[count];
        Parallel.For(0, count, i => isFace[i] =
            samples.Make(step, first + i, input.AsSpan(i * Pixels, Pixels),
                landmarks.AsSpan(i * LandmarkNetwork.Coordinates, LandmarkNetwork.Coordinates)) ? 1 : 0);
        return (
            TorchOperations.Copy(input, count, 1, LandmarkNetwork.Size, LandmarkNetwork.Size),
            TorchOperations.Copy(isFace, count, 1),
            TorchOperations.Copy(landmarks, count, LandmarkNetwork.Coordinates));
    }

    /// <summary>The numbers of the steps to come; a step's crops are made when it is taken.</summary>
    private IEnumerable<int> Steps(CancellationToken stop)
    {
        for (int step = _state.Steps; step < _state.Settings.Steps && !stop.IsCancellationRequested; step++) yield return step;
    }

    private (double Loss, double Shown) Backward(int step)
    {
        (Tensor input, Tensor isFace, Tensor landmarks) = Batch(_samples, step, 0, _state.Settings.Batch);
        (Tensor face, Tensor found) = _network.forward(input);
        Tensor error =
            nn.functional.smooth_l1_loss(found, landmarks, reduction: nn.Reduction.None, beta: SquareBelow).mean([1], keepdim: true);
        Tensor loss = nn.functional.binary_cross_entropy_with_logits(face, isFace)
            + (LandmarkWeight * (error * isFace).sum() / isFace.sum().clamp_min(1));
        loss.backward();
        float value = loss.item<float>();
        return (value, value);
    }

    private UserErrorException GoneAstray(long step) =>
        new($"The loss is no longer a number in step {step + 1}: the learning rate {_state.Settings.LearningRate} is too high. Begin again "
            + $"with a smaller --lr.");

    private LandmarkReport Measure(double loss)
    {
        const int Chunk = 256;
        var faces = new List<float>();
        var others = new List<float>();
        double errorSum = 0;
        _network.eval();
        using var frozen = no_grad();
        for (int first = 0; first < MeasuredCrops; first += Chunk)
        {
            using var scope = NewDisposeScope();
            (Tensor input, Tensor isFace, Tensor landmarks) = Batch(_heldOut, MeasuredStep, first, Chunk);
            (Tensor face, Tensor found) = _network.forward(input);
            float[] probability = face.sigmoid().data<float>().ToArray(), truth = landmarks.data<float>().ToArray(),
                answer = found.contiguous().data<float>().ToArray();
            float[] really = isFace.data<float>().ToArray();
            for (int i = 0; i < Chunk; i++)
            {
                (really[i] > 0 ? faces : others).Add(probability[i]);
                if (really[i] > 0) errorSum += LandmarkError.Of(Points(truth, i), Points(answer, i));
            }
        }
        faces.Sort();
        float threshold = Math.Clamp(faces[(int)(faces.Count * (1 - FacesToKeep))], 0.01f, 0.99f);
        return new LandmarkReport(_state.Steps, loss, errorSum / faces.Count, Share(faces, threshold), Share(others, threshold), threshold);

        static double Share(List<float> values, float threshold) =>
            (double)values.Count(value => value >= threshold) / Math.Max(values.Count, 1);
    }

    private static FaceLandmarks Points(float[] numbers, int row) => FaceLandmarks.FromPoints(
    [
        .. Enumerable.Range(0, FaceLandmarks.Count).Select(i => (row * LandmarkNetwork.Coordinates) + (2 * i))
            .Select(at => new FacePoint(numbers[at], numbers[at + 1])),
    ]);

    private void WriteCheckpoint() => _loop.Write(CheckpointIn(_directory), _state);
}
