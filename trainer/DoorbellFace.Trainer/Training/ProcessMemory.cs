using System.Diagnostics;

namespace DoorbellFace.Trainer.Training;

/// <summary>The most memory that this program has held, as Linux counts it.</summary>
internal static class ProcessMemory
{
    private const string PeakFile = "/proc/self/clear_refs";

    /// <summary>In bytes, since the start or the last <see cref="ResetPeak"/>.</summary>
    public static long PeakBytes
    {
        get
        {
            using Process self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64;
        }
    }

    /// <summary>From now on the peak counts from what is held now; where the system does not allow that, it goes on as it was.</summary>
    public static void ResetPeak()
    {
        try
        {
            // proc(5): 5 resets the peak resident set size.
            File.WriteAllText(PeakFile, "5");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
