namespace DoorbellFace.Terminal;

/// <summary>Where settings of this user are kept: $XDG_CONFIG_HOME/doorbellface, by default ~/.config/doorbellface.</summary>
public static class ConfigurationFolder
{
    /// <summary>The folder; it need not be there.</summary>
    public static string Path
    {
        get
        {
            string? configured = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
            string root = string.IsNullOrEmpty(configured)
                ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config")
                : configured;
            return System.IO.Path.Combine(root, "doorbellface");
        }
    }
}
