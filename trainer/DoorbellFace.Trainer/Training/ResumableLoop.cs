using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Training;

/// <summary>How a pass over batches stands after a step.</summary>
/// <param name="Step">The step that was done, from 0, over the whole training.</param>
/// <param name="Shown">What this step gave.</param>
/// <param name="Mean">Mean of what the steps of this pass gave, each weighted by its batch.</param>
/// <param name="Recent">Plain mean over the last <see cref="ResumableLoop.ShownSteps"/> steps, those of earlier passes included.</param>
/// <param name="PerSecond">Pictures a second in this pass.</param>
internal readonly record struct LoopStep(long Step, double Shown, double Mean, double Recent, double PerSecond);

/// <summary>
/// What every training here has: a network and its optimizer, a learning rate that the step's number alone decides, and a checkpoint that
/// holds all of it. What happens in a step depends on the settings and the step's number, so a training that was killed goes on from its
/// checkpoint as if nothing had been.
/// </summary>
/// <param name="network">The network; it stays the caller's.</param>
/// <param name="optimizer">Its optimizer; it stays the caller's.</param>
/// <param name="schedule">The learning rate of each step.</param>
/// <param name="time">The clock.</param>
internal sealed class ResumableLoop(Module network, OptimizerHelper optimizer, LearningRateSchedule schedule, TimeProvider time)
{
    /// <summary>Progress shows the mean of so many steps.</summary>
    public const int ShownSteps = 50;

    private readonly Queue<double> _recent = new();

    /// <summary>Goes over batches, a step for each.</summary>
    /// <param name="firstStep">The first step's number.</param>
    /// <param name="batches">What is learnt from.</param>
    /// <param name="sizeOf">Pictures in a batch.</param>
    /// <param name="backward">Makes the gradients of a batch; gives its loss, and the number that is shown.</param>
    /// <param name="astray">What is said when the loss of a step is no longer a number.</param>
    /// <param name="onStep">Called after every step.</param>
    /// <param name="stop">Ends the pass after the step at hand.</param>
    /// <returns>The mean of the numbers shown; null when it was ended early.</returns>
    public double? Pass<TBatch>(
        long firstStep, IEnumerable<TBatch> batches, Func<TBatch, int> sizeOf, Func<TBatch, (double Loss, double Shown)> backward,
            Func<long, UserErrorException> astray, Action<LoopStep> onStep, CancellationToken stop)
    {
        long started = time.GetTimestamp(), step = firstStep, seen = 0;
        double sum = 0;
        network.train();
        foreach (TBatch batch in batches)
        {
            double shown = Step(step, batch, backward, astray);
            int size = sizeOf(batch);
            seen += size;
            sum += shown * size;
            _recent.Enqueue(shown);
            if (_recent.Count > ShownSteps) _recent.Dequeue();
            double seconds = Math.Max(time.GetElapsedTime(started).TotalSeconds, 1e-3);
            onStep(new LoopStep(step++, shown, sum / seen, _recent.Average(), seen / seconds));
            if (stop.IsCancellationRequested) return null;
        }
        return stop.IsCancellationRequested ? null : sum / Math.Max(seen, 1);
    }

    /// <summary>Writes the checkpoint from which <see cref="Read"/> goes on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">Its readable part.</param>
    public void Write<TState>(string path, TState state) => Checkpoint.Write(path, state, network, optimizer);

    /// <summary>Puts the weights of a checkpoint into the network, and its optimizer's state into the optimizer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="withOptimizer">False for a checkpoint from before the first step, whose optimizer has no state yet.</param>
    /// <exception cref="UserErrorException">It is not usable, or holds another network.</exception>
    public void Read(string path, bool withOptimizer = true)
    {
        Checkpoint.ReadNetwork(path, network);
        if (withOptimizer) Checkpoint.ReadOptimizer(path, optimizer);
    }

    private double Step<TBatch>(long step, TBatch batch, Func<TBatch, (double Loss, double Shown)> backward,
        Func<long, UserErrorException> astray)
    {
        using var scope = NewDisposeScope();
        foreach (var group in optimizer.ParamGroups) group.LearningRate = schedule.At(step);
        optimizer.zero_grad();
        (double loss, double shown) = backward(batch);
        optimizer.step();
        return double.IsFinite(loss) ? shown : throw astray(step);
    }
}
