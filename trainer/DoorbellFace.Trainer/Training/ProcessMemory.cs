using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Training;

/// <summary>What memory this program has asked of the system, as Linux counts it.</summary>
internal static class ProcessMemory
{
    private const string PeakFile = "/proc/self/clear_refs", StatusFile = "/proc/self/stat";

    /// <summary>proc(5): the count is the tenth field of the status, the eighth after the program's name in brackets.</summary>
    private const int FaultsAfterName = 7;

    /// <summary>
    /// Pages, usually of 4 KiB each, that the system has handed out so far, filled with zeros, when they were first touched.
    /// </summary>
    public static long PageFaults
    {
        get
        {
            string status = File.ReadAllText(StatusFile);
            return long.Parse(status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[FaultsAfterName],
                CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The most that it has held, in bytes, since the start or the last <see cref="ResetPeak"/>.</summary>
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
