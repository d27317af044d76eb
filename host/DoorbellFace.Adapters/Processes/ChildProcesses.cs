using System.ComponentModel;
using System.Diagnostics;

namespace DoorbellFace.Adapters.Processes;

/// <summary>What the programs that we call have in common: none of them is waited for without a limit, and none outlives its use.</summary>
public static class ChildProcesses
{
    /// <summary>Nothing that we call takes longer than this when all is well.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Lowers a program's priority and becomes it.</summary>
    private const string Nice = "/usr/bin/nice";

    /// <summary>A command line with which a program begins at low priority, where the system can do that.</summary>
    /// <param name="program">The program and its arguments.</param>
    public static IReadOnlyList<string> AtLowPriority(IReadOnlyList<string> program) =>
        File.Exists(Nice) ? [Nice, "-n", "15", .. program] : program;

    /// <summary>Stops a process and all that it has started, at once; one that has ended already is left alone.</summary>
    public static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended between our decision and the call: what we wanted.
        }
    }

    /// <summary>Waits for the end of a process that has been given all its input, and stops it when it takes too long.</summary>
    /// <returns>False when it had to be stopped.</returns>
    public static bool WaitOrStop(Process process, TimeSpan limit)
    {
        if (process.WaitForExit(limit)) return true;
        Stop(process);
        process.WaitForExit(Limit);
        return false;
    }
}
