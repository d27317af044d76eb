using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace DoorbellFace.Vision;

/// <summary>
/// Keeps ONNX Runtime from reporting to its maker. Its native library carries a telemetry client that is on unless the environment says
/// otherwise at the moment the library is loaded: it looks up a collector's address, and keeps a device's name and a queue of events in the
/// user's cache folder. Who is at the door is nobody's business, so whatever opens a session calls <see cref="TurnOff"/> first.
/// </summary>
public static partial class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>What the client keeps in its folder: a name for this computer, and an SQLite queue with its two companions.</summary>
    private static readonly string[] ItsFiles =
        ["deviceid", "onnxruntime.db", "onnxruntime.db-shm", "onnxruntime.db-wal", "onnxruntime.db-journal"];

    private static readonly Lazy<bool> IsInEnvironment = new(SetEnvironment), IsOff = new(SetSwitch);

    /// <summary>
    /// Sets the environment of this process and of those it starts, and loads nothing: for a program's first line, while it has one thread
    /// (native code may be reading the environment later on). Safe to call often.
    /// </summary>
    public static void SetInEnvironment() => _ = IsInEnvironment.Value;

    /// <summary>
    /// Turns it off in the environment and then by the library's own switch, which loads the library. Safe to call often and from several
    /// threads.
    /// </summary>
    public static void TurnOff() => _ = IsOff.Value;

    /// <summary>Deletes what versions of this program that did not turn it off have left in the user's cache folder.</summary>
    /// <returns>The folder that was deleted; null when there was none or it may not be deleted.</returns>
    public static string? DeleteLeftovers()
    {
        string folder = Path.Combine(CacheFolder, "Microsoft", "DeveloperTools", ".onnxruntime");
        try
        {
            if (!Directory.Exists(folder)) return null;
            foreach (string file in ItsFiles) File.Delete(Path.Combine(folder, file));
            // Not recursive: what we do not know is not ours to delete.
            Directory.Delete(folder);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where the native client looks: what XDG calls the cache.</summary>
    private static string CacheFolder => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
        ? given
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static bool SetEnvironment()
    {
        // .NET keeps an environment of its own, which child processes inherit and native code does not see: both have to be told.
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows() && SetNative(Variable, "1", overwrite: 1) != 0)
            throw new InvalidOperationException(
                $"{Variable} cannot be set (error {Marshal.GetLastPInvokeError()}), and without it ONNX Runtime would send out reports.");
        return true;
    }

    private static bool SetSwitch()
    {
        SetInEnvironment();
        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
