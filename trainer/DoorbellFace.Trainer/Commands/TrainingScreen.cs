using System.Globalization;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Training;
using Spectre.Console;

namespace DoorbellFace.Trainer.Commands;

/// <summary>
/// A training to watch: how far it is, how long it will take, and its curves. On a terminal they stand still and change; elsewhere (a file,
/// a pipe) each epoch is a line.
/// </summary>
internal sealed class TrainingScreen
{
    private const string Steps = " ▁▂▃▄▅▆▇█";
    private const int CurveLength = 48, BarLength = 30;

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _firstStep = -1, _shownAt;
    private int _epochsTold = -1;

    /// <summary>Runs a training and shows it.</summary>
    /// <param name="work">Gets what is to be called after each step, and while frozen features are computed.</param>
    public static T Show<T>(Func<Action<TrainingProgress>, Action<int, int>, T> work)
    {
        var screen = new TrainingScreen();
        if (!Screen.Remarks.Profile.Capabilities.Interactive || !Screen.Remarks.Profile.Capabilities.Ansi)
            return work(screen.Tell, screen.TellFeatures);
        return Screen.Remarks.Live(new Text("starting")).Start(context =>
        {
            void Update(string text, bool isLast)
            {
                if (!isLast && screen._time.GetElapsedTime(screen._shownAt) < TimeSpan.FromMilliseconds(250)) return;
                screen._shownAt = screen._time.GetTimestamp();
                context.UpdateTarget(new Text(text));
                context.Refresh();
            }

            return work(progress => Update(screen.Describe(progress), progress.Step == progress.Steps), (done, total) =>
                Update($"features of the pictures: {done} of {total}", done == total));
        });
    }

    /// <summary>Eighths of a character for each value, from the lowest to the highest there is.</summary>
    /// <param name="values">As many as there are; more than fit are thinned out.</param>
    public static string Curve(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return "";
        double[] shown = values.Count <= CurveLength
            ? [.. values]
            : [.. Enumerable.Range(0, CurveLength).Select(i => values[(int)((long)i * (values.Count - 1) / (CurveLength - 1))])];
        double low = shown.Min(), span = Math.Max(shown.Max() - low, 1e-9);
        return string.Concat(shown.Select(value => Steps[1 + (int)Math.Round((value - low) / span * (Steps.Length - 2))]));
    }

    /// <summary>"1:05:07" or "2:30".</summary>
    public static string Time(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    private string Describe(TrainingProgress progress)
    {
        int full = (int)(BarLength * progress.Step / Math.Max(1, progress.Steps));
        string bar = new string('█', full) + new string('░', BarLength - full);
        return $"{bar} {Line(progress)}\nloss   {Curve([.. progress.Finished.Select(epoch => epoch.TrainLoss)])}\nright  "
            + $"{Curve([.. progress.Finished.Select(epoch => epoch.ValidationAccuracy)])}";
    }

    private void Tell(TrainingProgress progress)
    {
        string line = Line(progress);
        if (progress.Finished.Count == _epochsTold && progress.Step != progress.Steps) return;
        _epochsTold = progress.Finished.Count;
        Screen.Remark(line);
    }

    private void TellFeatures(int done, int total)
    {
        if (done == total) Screen.Remark($"The features of {total} pictures are computed.");
    }

    private string Line(TrainingProgress progress)
    {
        if (_firstStep < 0) _firstStep = progress.Step - 1;
        double secondsPerStep = _time.GetElapsedTime(_started).TotalSeconds / Math.Max(1, progress.Step - _firstStep);
        var remaining = TimeSpan.FromSeconds(secondsPerStep * (progress.Steps - progress.Step));
        string best = progress.Best is { } epoch
            ? string.Create(CultureInfo.InvariantCulture, $", best {epoch.ValidationAccuracy:0.0%} in epoch {epoch.Number}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs}, loss {progress.Loss:0.000}, {progress.ImagesPerSecond:0} pictures/s, "
            + $"{progress.MemoryBytes / 1e9:0.0} GB, about {Time(remaining)} left{best}");
    }
}
