namespace DoorbellFace.Terminal;

/// <summary>Words as a shell takes them.</summary>
public static class ShellWords
{
    /// <summary>A word that can be typed as it is printed: in quotation marks where it needs them.</summary>
    public static string Quote(string word)
    {
        bool isPlain = word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./+=:,@%".Contains(letter));
        if (isPlain) return word;
        return word.Contains('"') || word.Contains('$') || word.Contains('`') || word.Contains('\\') || word.Contains('!')
            ? $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"
            : $"\"{word}\"";
    }
}
