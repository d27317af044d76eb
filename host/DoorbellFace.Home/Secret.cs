namespace DoorbellFace.Home;

/// <summary>A password, token or key: set in the settings, or kept in a file of its own. It never shows itself in a log.</summary>
public sealed record Secret
{
    /// <summary>There is none.</summary>
    public static Secret None { get; } = new();

    /// <summary>The secret; null: there is none, or it is in <see cref="File"/>.</summary>
    public string? Text { get; init; }

    /// <summary>A file whose first line is the secret; null: none.</summary>
    public string? File { get; init; }

    /// <summary>There is one.</summary>
    public bool IsSet => (Text ?? File) is not null;

    /// <summary>The secret, from wherever it is kept; null when there is none.</summary>
    /// <exception cref="IOException">Its file cannot be read, or is empty.</exception>
    /// <exception cref="UnauthorizedAccessException">Its file may not be read.</exception>
    public string? Read()
    {
        if (File is null) return Text;
        string? line = System.IO.File.ReadLines(File).FirstOrDefault()?.Trim();
        return line is { Length: > 0 } ? line : throw new IOException($"{File} is empty.");
    }

    /// <summary>What is wrong with it, each in a sentence.</summary>
    /// <param name="name">Its setting, such as "notify.ntfy.token".</param>
    public IEnumerable<string> Complaints(string name)
    {
        if (Text is not null && File is not null) yield return $"{name} and {name}_file are both set: choose one.";
        if (File is not null && !System.IO.File.Exists(File)) yield return $"{name}_file: there is no file {File}.";
    }

    /// <summary>Does not tell it.</summary>
    public override string ToString() => IsSet ? "(a secret)" : "(no secret)";
}
