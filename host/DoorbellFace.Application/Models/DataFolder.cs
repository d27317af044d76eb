namespace DoorbellFace.Application.Models;

/// <summary>Where the program keeps what it must not lose: visits, pictures, the model. Biometric data never leaves it.</summary>
public static class DataFolder
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

    /// <summary>The family's own model in a data folder; it need not be there.</summary>
    public static string ModelIn(string folder) => Path.Combine(folder, "model");

    /// <summary>The one that was there before it.</summary>
    public static string PreviousModelIn(string folder) => Path.Combine(folder, "model.previous");
}
