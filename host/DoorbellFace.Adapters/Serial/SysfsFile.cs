namespace DoorbellFace.Adapters.Serial;

/// <summary>The small files in which Linux describes a device.</summary>
internal static class SysfsFile
{
    /// <summary>A file's one line; empty when it cannot be read.</summary>
    public static string Line(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
