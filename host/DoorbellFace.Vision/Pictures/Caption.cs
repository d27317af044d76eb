using System.Text;
using SkiaSharp;

namespace DoorbellFace.Vision.Pictures;

/// <summary>
/// A line of text in whatever scripts it has, each letter from an installed font that has it. Letters without a font show as boxes; without
/// any font there is no text. Letters stand one beside the other, as they are written: scripts that join them look spelt out.
/// </summary>
internal static class Caption
{
    private const float Size = 20;

    private static readonly string[] PreferredFamilies = ["DejaVu Sans", "Noto Sans", "Liberation Sans", "FreeSans"];

    private static readonly Lazy<SKTypeface[]> Typefaces = new(FindTypefaces);

    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="text">What.</param>
    /// <param name="left">Where the first letter begins.</param>
    /// <param name="baseline">What the letters stand on.</param>
    public static void Draw(SKCanvas canvas, string text, float left, float baseline)
    {
        if (Typefaces.Value.Length == 0) return;
        using var paint = new SKPaint { Color = SKColors.White, IsAntialias = true };
        foreach ((SKTypeface typeface, string part) in InFonts(text))
        {
            using var font = new SKFont(typeface, Size) { Edging = SKFontEdging.Antialias };
            canvas.DrawText(part, left, baseline, font, paint);
            left += font.MeasureText(part);
        }
    }

    /// <summary>The text in pieces, each with the first font that has its letters.</summary>
    private static IEnumerable<(SKTypeface Typeface, string Part)> InFonts(string text)
    {
        var part = new StringBuilder();
        SKTypeface? current = null;
        foreach (Rune letter in text.EnumerateRunes())
        {
            SKTypeface typeface = current is not null && (Rune.IsWhiteSpace(letter) || current.ContainsGlyph(letter.Value))
                ? current
                : FontFor(letter);
            if (current is not null && typeface != current)
            {
                yield return (current, part.ToString());
                part.Clear();
            }
            current = typeface;
            part.Append(letter.ToString());
        }
        if (current is not null) yield return (current, part.ToString());
    }

    private static SKTypeface FontFor(Rune letter) =>
        Array.Find(Typefaces.Value, typeface => typeface.ContainsGlyph(letter.Value)) ?? Typefaces.Value[0];

    /// <summary>Every installed family once, those made for reading on a screen first.</summary>
    private static SKTypeface[] FindTypefaces()
    {
        SKFontManager fonts = SKFontManager.Default;
        return
        [
            .. fonts.FontFamilies
                .OrderBy(family => Array.IndexOf(PreferredFamilies, family) is var place && place >= 0 ? place : PreferredFamilies.Length)
                    .ThenBy(family => family, StringComparer.Ordinal)
                .Select(family => fonts.MatchFamily(family, SKFontStyle.Normal)).OfType<SKTypeface>()
                    .Where(typeface => typeface.ContainsGlyph('a') || typeface.GlyphCount > 0),
        ];
    }
}
