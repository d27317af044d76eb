using System.Globalization;
using System.Reflection;
using System.Text;
using DoorbellFace.Core.People;

namespace DoorbellFace.Gpio.Display;

/// <summary>
/// How a character display shows letters: those of ASCII by its own, German and Hebrew ones by shapes that are loaded into it, and others
/// in Latin letters.
/// </summary>
internal static class Letters
{
    /// <summary>Stands for a letter that is in no table.</summary>
    public const char Unknown = '?';

    private static readonly Dictionary<Rune, byte[]> Shapes =
        Read("glyphs.txt").ToDictionary(line => line.Letter, line => line.Value.Split(' ').Select(Row).ToArray());

    private static readonly Dictionary<Rune, string> Latin = Read("latin.txt").ToDictionary(line => line.Letter, line => line.Value);

    /// <summary>The shape of a letter, eight rows of five points, the leftmost as bit 4; null where it has none.</summary>
    public static byte[]? ShapeOf(Rune letter) => Shapes.GetValueOrDefault(letter);

    /// <summary>The display has this letter itself, in every edition; a backslash and a tilde are other signs in some.</summary>
    public static bool IsOwn(Rune letter) => letter.Value is >= ' ' and <= '}' and not '\\';

    /// <summary>A letter of a script that is written from right to left.</summary>
    public static bool IsRightToLeft(Rune letter) => letter.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF);

    /// <summary>A letter in Latin ones; empty for what is not shown by itself (an accent), null for what is in no table.</summary>
    public static string? InLatin(Rune letter)
    {
        if (IsOwn(letter)) return letter.ToString();
        if (Latin.TryGetValue(letter, out string? latin)) return latin;
        if (Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) return "";
        Rune lower = Rune.ToLowerInvariant(letter);
        if (lower != letter && Latin.TryGetValue(lower, out latin))
            return latin.Length == 0 ? "" : char.ToUpperInvariant(latin[0]) + latin[1..];
        // A letter with an accent is shown without.
        Rune bare = PersonName.Fold(letter.ToString()).EnumerateRunes().First();
        if (lower == letter) bare = Rune.ToLowerInvariant(bare);
        return bare == letter ? null : InLatin(bare);
    }

    private static byte Row(string points) =>
        (byte)points.Aggregate(0, (row, point) => (row << 1) | (point == '#' ? 1 : 0));

    private static IEnumerable<(Rune Letter, string Value)> Read(string file)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The program lacks its {file}.");
        using var reader = new StreamReader(resource);
        foreach (string line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Rune letter = Rune.GetRuneAt(line, 0);
            yield return (letter, line[(letter.Utf16SequenceLength + 1)..]);
        }
    }
}
