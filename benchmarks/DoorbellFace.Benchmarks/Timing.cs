using System.Diagnostics;

namespace DoorbellFace.Benchmarks;

/// <summary>How long something takes, in milliseconds: medians over all repetitions.</summary>
/// <param name="Wall">By the clock.</param>
/// <param name="Processor">Processor time of this program: what the clock would show on a machine that does nothing else, when one thread
/// works.</param>
internal readonly record struct Timing(double Wall, double Processor)
{
    /// <summary>
    /// Goes through all inputs several times, after once for warming up. For each input the median over the repetitions; of those the mean.
    /// </summary>
    public static Timing Of<T>(IReadOnlyList<T> inputs, int repetitions, Action<T> act)
    {
        foreach (T input in inputs) act(input);
        double wall = 0, processor = 0;
        foreach (T input in inputs)
        {
            var walls = new double[repetitions];
            var processors = new double[repetitions];
            for (int i = 0; i < repetitions; i++)
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                long started = Stopwatch.GetTimestamp();
                act(input);
                walls[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                processors[i] = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            }
            Array.Sort(walls);
            Array.Sort(processors);
            wall += walls[repetitions / 2];
            processor += processors[repetitions / 2];
        }
        return new Timing(wall / inputs.Count, processor / inputs.Count);
    }

    /// <summary>The two cells of a table's row.</summary>
    public string Cells => FormattableString.Invariant($"{Processor:0.0} | {Wall:0.0}");
}
