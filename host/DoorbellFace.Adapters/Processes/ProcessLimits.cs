using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Processes;

/// <summary>What this process may take, kept by the system; it cannot take more again.</summary>
public static partial class ProcessLimits
{
    /// <summary>As Linux counts them on the processors that we run on (x86-64, arm64).</summary>
    private const int FileSize = 1, Data = 2, Core = 4;

    /// <summary>The rules of a decoder, written for a moment, fit; a picture's pixels do not.</summary>
    private const ulong MostFileBytes = 1 << 20;

    /// <summary>
    /// Limits memory and files, leaves no dump of what it holds, and asks the system to end this process first where memory runs out.
    /// Without an effect on other systems than Linux.
    /// </summary>
    /// <param name="mostMemoryBytes">
    /// Bytes of private memory that can be written to, whether it is used already or not. Addresses that are only set aside do not count:
    /// the runtime sets aside hundreds of gigabytes.
    /// </param>
    public static void SetForThisProcess(long mostMemoryBytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        Set(Data, (ulong)mostMemoryBytes);
        Set(FileSize, MostFileBytes);
        Set(Core, 0);
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The limits hold without.
        }
    }

    private static void Set(int resource, ulong most)
    {
        var limit = new Limit { Now = most, Highest = most };
        // It fails only where a lower one is in force already.
        _ = SetLimit(resource, in limit);
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Now, Highest;
    }
}
