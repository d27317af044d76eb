namespace DoorbellFace.Trainer.Weights;

/// <summary>Texts out of a file that may say anything.</summary>
internal static class Printable
{
    private const int Longest = 60;

    /// <summary>The text without control characters, shortened: fit for a terminal.</summary>
    public static string Text(string text)
    {
        string cut = text.Length > Longest ? text[..Longest] + "..." : text;
        return string.Concat(cut.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
    }
}
