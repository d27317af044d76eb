namespace DoorbellFace.Terminal;

/// <summary>Whether a screen is to be plain: told by the user, or told by the terminal.</summary>
public static class PlainScreen
{
    /// <summary>DOORBELL_PLAIN=1 makes every command plain, without an option.</summary>
    public const string Variable = "DOORBELL_PLAIN";

    /// <summary>Whether it is wanted.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="isRedirected">The remarks go to a file or a pipe.</param>
    public static bool IsWanted(IEnumerable<string> words, Func<string, string?> variable, bool isRedirected) =>
        isRedirected
        || words.Contains(Screen.PlainOption)
        || variable(Variable) is { Length: > 0 } and not ("0" or "false")
        // https://no-color.org: who wants no colours has a reason, and most often a reader that a moving bar disturbs as well.
        || !string.IsNullOrEmpty(variable("NO_COLOR"))
        || variable("TERM") is null or "" or "dumb"
        // brltty drives braille displays; these are the variables by which it is set up.
        || !string.IsNullOrEmpty(variable("BRLTTY"))
        || !string.IsNullOrEmpty(variable("BRLTTY_BRAILLE_DRIVER"));
}
