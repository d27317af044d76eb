using System.Globalization;

namespace DoorbellFace.Adapters.Serial;

/// <summary>Which other program has a port open, looked up in /proc: of other users' programs only root is told.</summary>
public static class PortUsers
{
    /// <summary>
    /// The first program but this one that has the port open, such as "doorbell run (process 4711)"; null when none is seen.
    /// </summary>
    /// <param name="portPath">The port, by any of its names.</param>
    /// <param name="processes">Where the system lists its processes; "/proc" unless a test says otherwise.</param>
    public static string? Of(string portPath, string processes = "/proc")
    {
        string device = File.ResolveLinkTarget(portPath, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(portPath);
        if (!Directory.Exists(processes)) return null;
        foreach (string process in Directory.EnumerateDirectories(processes))
        {
            if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                || id == Environment.ProcessId) continue;
            if (HasOpen(process, device)) return $"{NameOf(process)} (process {id})";
        }
        return null;
    }

    private static bool HasOpen(string process, string device)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                .Any(handle => new FileInfo(handle).LinkTarget == device);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another user's program, or one that has just ended.
            return false;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            string[] words = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            int ours = Array.FindIndex(words, word => Path.GetFileName(word) is "DoorbellFace.Host.dll" or "DoorbellFace.Host");
            if (ours >= 0) return string.Join(' ', ["doorbell", .. words[(ours + 1)..].TakeWhile(word => !word.StartsWith('-'))]);
            return words.Length > 0 ? Path.GetFileName(words[0]) : "another program";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "another program";
        }
    }
}
