using System.Diagnostics;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.Pty;

namespace DoorbellFace.Adapters.Tests.Serial;

/// <summary>Runs when no other test does: it counts how often the threads of this program are woken.</summary>
[CollectionDefinition(nameof(PortAtRestTests), DisableParallelization = true)]
[Collection(nameof(PortAtRestTests))]
public class PortAtRestTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A doorbell is at rest nearly all day. The thread that waits for it goes to sleep once, and is not woken by a clock.
    /// </summary>
    [Fact]
    public async Task While_nothing_comes_nobody_asks_whether_something_has_come()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        await using SerialByteLink link = await HostEnd.OpenAsync(terminal, 1_000_000);
        using var over = new CancellationTokenSource();
        long before = Sleeps();
        Task<int> reading = link.ReadAsync(new byte[16], over.Token).AsTask();

        await Task.Delay(TimeSpan.FromMilliseconds(500));

        Assert.False(reading.IsCompleted);
        Assert.InRange(Sleeps() - before, 0, 20);
        await terminal.WriteAsync(new byte[] { 7 }, CancellationToken.None);
        Assert.Equal(1, await reading.WaitAsync(Guard));

        static long Sleeps() => Directory.EnumerateDirectories("/proc/self/task")
            .Where(task => File.ReadAllText(Path.Combine(task, "comm")).Trim() is "port reader" or ".NET Long Runni")
            .Sum(task =>
                long.Parse(File.ReadLines(Path.Combine(task, "status"))
                    .Single(line => line.StartsWith("voluntary_ctxt", StringComparison.Ordinal)).Split('\t')[1],
                    System.Globalization.CultureInfo.InvariantCulture));
    }
}
