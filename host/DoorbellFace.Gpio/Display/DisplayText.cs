using System.Text;

namespace DoorbellFace.Gpio.Display;

/// <summary>
/// A sentence as pages of a character display: broken between words, Hebrew from right to left, and no page with more shapes of its own
/// than a display can hold.
/// </summary>
/// <param name="columns">Letters in a line.</param>
/// <param name="rows">Lines.</param>
/// <param name="isRightToLeft">Lines begin at the right.</param>
internal sealed class DisplayText(int columns, int rows, bool isRightToLeft)
{
    /// <summary>Letters whose shape a display can be given: so the HD44780's data sheet, "CGRAM".</summary>
    private const int MostShapes = 8;

    /// <summary>The pages of a text; none for an empty one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lost">Letters that stand in no table: <see cref="Letters.Unknown"/> is shown for each.</param>
    public IReadOnlyList<DisplayPage> Pages(string text, out IReadOnlyList<string> lost)
    {
        var unknown = new List<string>();
        var pages = new List<DisplayPage>();
        var page = new List<List<Word>> { new() };
        foreach (Word word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Parts(word, unknown)))
        {
            List<Word> line = page[^1];
            bool fits = line.Sum(one => one.Length + 1) + word.Length <= columns;
            if (page.SelectMany(one => one).Append(word).SelectMany(one => one.Shaped).Distinct().Count() > MostShapes
                || (!fits && page.Count == rows))
            {
                pages.Add(PageOf(page));
                page = [new List<Word>()];
            }
            else if (!fits) page.Add([]);
            page[^1].Add(word);
        }
        if (page[0].Count > 0) pages.Add(PageOf(page));
        lost = unknown;
        return pages;
    }

    /// <summary>A word that is longer than a line is cut.</summary>
    private IEnumerable<Word> Parts(string text, List<string> unknown)
    {
        Word word = WordOf(text, unknown, withShapes: true);
        // One word of nine different letters with shapes cannot be shown with all of them.
        if (word.Shaped.Distinct().Count() > MostShapes) word = WordOf(text, [], withShapes: false);
        for (int start = 0; start < word.Length; start += columns)
            yield return word with { Cells = word.Cells.GetRange(start, Math.Min(columns, word.Length - start)) };
    }

    private Word WordOf(string text, List<string> unknown, bool withShapes)
    {
        var cells = new List<Rune>();
        // A number goes with the line.
        bool isTurned = isRightToLeft && !text.EnumerateRunes().Any(Rune.IsLetter);
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (withShapes && Letters.ShapeOf(letter) is not null)
            {
                cells.Add(letter);
                isTurned |= Letters.IsRightToLeft(letter);
                continue;
            }
            string? latin = Letters.InLatin(letter);
            if (latin is null) unknown.Add(letter.ToString());
            cells.AddRange((latin ?? Letters.Unknown.ToString()).EnumerateRunes());
        }
        return new Word(cells, isTurned);
    }

    private DisplayPage PageOf(List<List<Word>> lines)
    {
        Rune[] shaped = [.. lines.SelectMany(line => line).SelectMany(word => word.Shaped).Distinct()];
        string Coded(Rune cell)
        {
            int shape = Array.IndexOf(shaped, cell);
            return shape >= 0 ? ((char)shape).ToString() : cell.ToString();
        }
        return new DisplayPage(
            [.. lines.Select(words => Placed(Ordered(words).Select(Coded)))
                .Concat(Enumerable.Repeat(new string(' ', columns), rows - lines.Count))],
            [.. shaped.Select(letter => Letters.ShapeOf(letter)!)]);
    }

    private string Placed(IEnumerable<string> cells)
    {
        string line = string.Concat(cells);
        return isRightToLeft ? line.PadLeft(columns) : line.PadRight(columns);
    }

    /// <summary>
    /// The cells of a line from left to right: words that follow each other in one direction stay together, and those of the other
    /// direction than the line's are turned as a whole (a plain form of the Unicode bidirectional algorithm).
    /// </summary>
    private List<Rune> Ordered(List<Word> words)
    {
        var runs = new List<List<Word>>();
        foreach (Word word in words)
        {
            if (runs.Count == 0 || runs[^1][0].IsRightToLeft != word.IsRightToLeft) runs.Add([]);
            runs[^1].Add(word);
        }
        if (isRightToLeft) runs.Reverse();
        var cells = new List<Rune>();
        foreach (Word word in runs.SelectMany(run => run[0].IsRightToLeft ? Enumerable.Reverse(run) : run))
        {
            if (cells.Count > 0) cells.Add(new Rune(' '));
            cells.AddRange(word.IsRightToLeft ? Turned(word.Cells) : isRightToLeft ? WithItsEndFirst(word.Cells) : word.Cells);
        }
        return cells;
    }

    /// <summary>From right to left; numbers keep their order.</summary>
    private static List<Rune> Turned(List<Rune> cells)
    {
        var turned = new List<Rune>();
        for (int end = cells.Count; end > 0;)
        {
            int start = end - 1;
            while (Rune.IsDigit(cells[end - 1]) && start > 0 && (Rune.IsDigit(cells[start - 1]) || cells[start - 1].Value == ':')) start--;
            turned.AddRange(cells.GetRange(start, end - start).Select(Mirrored));
            end = start;
        }
        return turned;
    }

    /// <summary>What ends a sentence stands at its left, also after a Latin word.</summary>
    private static List<Rune> WithItsEndFirst(List<Rune> cells)
    {
        int letters = cells.FindLastIndex(cell => cell.Value is not ('.' or ',' or '!' or '?' or ':' or ';')) + 1;
        return [.. cells.Skip(letters).Reverse(), .. cells.Take(letters)];
    }

    private static Rune Mirrored(Rune cell) => cell.Value switch
    {
        '(' => new Rune(')'),
        ')' => new Rune('('),
        '[' => new Rune(']'),
        ']' => new Rune('['),
        _ => cell,
    };

    /// <summary>A word in cells of the display; a cell is a letter that the display has, or one with a shape.</summary>
    private sealed record Word(List<Rune> Cells, bool IsRightToLeft)
    {
        public int Length => Cells.Count;

        public IEnumerable<Rune> Shaped => Cells.Where(cell => Letters.ShapeOf(cell) is not null);
    }
}
