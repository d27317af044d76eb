using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DoorbellFace.Core.People;

/// <summary>
/// Takes letters with accents apart and puts them together, by the canonical decompositions of Unicode (Unicode Standard Annex 15). The
/// platform's own string normalisation needs ICU, which a small computer need not have; without ICU it leaves strings as they are, in
/// silence.
/// </summary>
internal static class CanonicalLetters
{
    /// <summary>Where Hangul syllables and their parts begin, and how many there are (Unicode Standard, section 3.12).</summary>
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7, Vowels = 21, Tails = 28,
        Syllables = 11172;

    private static readonly FrozenDictionary<int, int[]> Parts = Read();

    private static readonly FrozenDictionary<(int, int), int> Wholes = Parts
        .Where(entry => entry.Value.Length == 2 && !IsMark(new Rune(entry.Value[0])))
        .GroupBy(entry => (entry.Value[0], entry.Value[1]))
        .ToFrozenDictionary(entries => entries.Key, entries => entries.Min(entry => entry.Key));

    /// <summary>
    /// Each letter as its base and its marks; marks that follow each other in one order, whatever the order in which they were typed.
    /// </summary>
    public static string TakeApart(string text)
    {
        var runes = new List<Rune>();
        foreach (Rune rune in text.EnumerateRunes()) TakeApart(rune.Value, runes);
        for (int start = 0; start < runes.Count; start++)
        {
            int end = start;
            while (end < runes.Count && IsMark(runes[end])) end++;
            if (end - start < 2) continue;
            runes.Sort(start, end - start, Comparer<Rune>.Default);
            start = end;
        }
        return Join(runes);
    }

    /// <summary>A base and the mark that follows it as the one letter they make, where there is one.</summary>
    public static string PutTogether(string text)
    {
        var runes = new List<Rune>();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (runes.Count > 0 && Whole(runes[^1].Value, rune.Value) is { } whole) runes[^1] = new Rune(whole);
            else runes.Add(rune);
        }
        return Join(runes);
    }

    private static void TakeApart(int letter, List<Rune> into)
    {
        int syllable = letter - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            into.Add(new Rune(LeadBase + (syllable / (Vowels * Tails))));
            into.Add(new Rune(VowelBase + (syllable % (Vowels * Tails) / Tails)));
            if (syllable % Tails > 0) into.Add(new Rune(TailBase + (syllable % Tails)));
        }
        else if (Parts.TryGetValue(letter, out int[]? parts)) foreach (int part in parts) TakeApart(part, into);
        else into.Add(new Rune(letter));
    }

    private static int? Whole(int first, int second)
    {
        int lead = first - LeadBase, vowel = second - VowelBase, syllable = first - SyllableBase, tail = second - TailBase;
        if (lead is >= 0 and < Syllables / (Vowels * Tails) && vowel is >= 0 and < Vowels)
            return SyllableBase + (((lead * Vowels) + vowel) * Tails);
        if (syllable is >= 0 and < Syllables && syllable % Tails == 0 && tail is > 0 and < Tails) return first + tail;
        return Wholes.TryGetValue((first, second), out int whole) ? whole : null;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    private static string Join(List<Rune> runes)
    {
        var text = new StringBuilder();
        foreach (Rune rune in runes) text.Append(rune.ToString());
        return text.ToString();
    }

    private static FrozenDictionary<int, int[]> Read()
    {
        using Stream file = typeof(CanonicalLetters).Assembly.GetManifestResourceStream("canonical-decompositions.txt")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split('='))
            .ToFrozenDictionary(pair => Code(pair[0]), pair => pair[1].Split(' ').Select(Code).ToArray());
    }

    private static int Code(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
