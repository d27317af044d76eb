using System.Diagnostics;
using System.Globalization;

namespace DoorbellFace.Testing;

/// <summary>Processes of the system, by their numbers, as Linux shows them.</summary>
public static class LinuxProcess
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The processes that one has started and that are still there.</summary>
    public static IReadOnlyList<int> ChildrenOf(int id) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(child => StateOf(child) is { } state && state.Parent == id && state.Letter != 'Z')];

    /// <summary>Sends a signal, such as STOP or KILL; one that is gone already gets none.</summary>
    public static void Signal(int id, string signal)
    {
        using Process kill = Process.Start(
            new ProcessStartInfo("kill", [$"-{signal}", id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>Stops a process, and waits until the system has done so.</summary>
    public static async Task HoldAsync(int id)
    {
        Signal(id, "STOP");
        await UntilAsync(() => StateOf(id) is not { } state || state.Letter == 'T');
    }

    /// <summary>Waits until a process is gone.</summary>
    public static Task IsGoneAsync(int id) => UntilAsync(() => StateOf(id) is not { Letter: not 'Z' });

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo()) await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }

    private static (char Letter, int Parent)? StateOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            // The program's name stands in brackets and may have any letters.
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
