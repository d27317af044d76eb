namespace DoorbellFace.Terminal;

/// <summary>Whether a screen is to be plain: told by the user, or told by the terminal.</summary>
public static class PlainScreen
{
    /// <summary>DOORBELL_PLAIN=1 makes every command plain, without an option.</summary>
    public const string Variable = "DOORBELL_PLAIN";

    private static string Mark => Path.Combine(ConfigurationFolder.Path, "plain");

    /// <summary>Whether <c>--plain</c> was asked for before, and not taken back.</summary>
    public static bool IsRemembered => File.Exists(Mark);

    /// <summary>
    /// Keeps what a command line says of it for the commands to come. Where nothing can be kept, it is said again the next time.
    /// </summary>
    /// <param name="words">The command line.</param>
    /// <returns>What has changed, as a sentence for the user; null when nothing has.</returns>
    public static string? Remember(IReadOnlyCollection<string> words)
    {
        try
        {
            if (words.Contains(Screen.NoPlainOption))
            {
                if (!IsRemembered) return null;
                File.Delete(Mark);
                return "Progress is drawn again.";
            }
            if (!words.Contains(Screen.PlainOption) || IsRemembered) return null;
            Directory.CreateDirectory(ConfigurationFolder.Path);
            File.WriteAllText(Mark, "");
            return $"Every command shows plain lines from now on; {Screen.NoPlainOption} ends that.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether it is wanted.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="isRedirected">The remarks go to a file or a pipe.</param>
    /// <param name="isRemembered">It was asked for before.</param>
    public static bool IsWanted(IReadOnlyCollection<string> words, Func<string, string?> variable, bool isRedirected,
        bool isRemembered = false) =>
        isRedirected
        || words.Contains(Screen.PlainOption)
        || (isRemembered && !words.Contains(Screen.NoPlainOption))
        || variable(Variable) is { Length: > 0 } and not ("0" or "false")
        // https://no-color.org: who wants no colours has a reason, and most often a reader that a moving bar disturbs as well.
        || !string.IsNullOrEmpty(variable("NO_COLOR"))
        || variable("TERM") is null or "" or "dumb"
        // brltty drives braille displays; these are the variables by which it is set up.
        || !string.IsNullOrEmpty(variable("BRLTTY"))
        || !string.IsNullOrEmpty(variable("BRLTTY_BRAILLE_DRIVER"));
}
