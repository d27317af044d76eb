namespace DoorbellFace.Terminal;

/// <summary>The word that was probably meant by one that is not known.</summary>
public static class Suggestion
{
    /// <summary>" Did you mean --photos?", or nothing when no known word is near.</summary>
    public static string InWords(string word, IReadOnlyCollection<string> known) =>
        Nearest(word, known) is { } meant ? $" Did you mean {meant}?" : "";

    /// <summary>The nearest known word; null when none is near.</summary>
    public static string? Nearest(string word, IReadOnlyCollection<string> known)
    {
        // A slip of the finger in a short word, two in a long one; or its beginning, typed in haste.
        int most = word.TrimStart('-').Length < 6 ? 1 : 2;
        string? nearest = known.Select(one => (Word: one, Slips: Slips(word, one))).Where(one => one.Slips <= most)
            .OrderBy(one => one.Slips).Select(one => one.Word).FirstOrDefault();
        return nearest ?? known.Where(one => word.Length > 3 && one.StartsWith(word, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>How many letters were left out, put in, changed, or swapped with their neighbour (optimal string alignment).</summary>
    public static int Slips(string a, string b)
    {
        var slips = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) slips[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) slips[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = slips[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(change, Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
            }
        }
        return slips[a.Length, b.Length];
    }
}
