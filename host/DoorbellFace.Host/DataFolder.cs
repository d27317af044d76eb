namespace DoorbellFace.Host;

/// <summary>Where the program keeps what it must not lose: visits, pictures, the model. Biometric data never leaves it.</summary>
internal static class DataFolder
{
    /// <summary>$XDG_DATA_HOME/doorbellface, by default ~/.local/share/doorbellface.</summary>
    public static string Default
    {
        get
        {
            string? configured = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            string root = string.IsNullOrEmpty(configured)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share")
                : configured;
            return Path.Combine(root, "doorbellface");
        }
    }
}
