using System.Globalization;
using System.Text;

namespace DoorbellFace.Core.People;

/// <summary>What is a name, and when two names are the same. Every place that compares or keeps names asks here.</summary>
public static class PersonName
{
    /// <summary>Longer names are refused: the sentence at the door must stay short.</summary>
    public const int MaxLength = 60;

    /// <summary>Said aloud as a name, these would sound like the sentence for a stranger.</summary>
    private static readonly string[] Reserved =
        [.. new[] { "unknown", "unknown person", "someone", "someone I don't know", "nobody", "a stranger" }.Select(Fold)];

    /// <summary>
    /// A name as it is kept: accents put together with their letters, one blank between words, and without what cannot be seen or heard
    /// (zero-width characters, marks of direction).
    /// </summary>
    public static string Clean(string name) => CanonicalLetters.PutTogether(Visible(name));

    /// <summary>
    /// What two names have in common when they are the same to people: "Jos\u00e9" typed as four letters or as five characters, "Anna" and
    /// "anna", with or without a character that cannot be seen.
    /// </summary>
    public static string Fold(string name) => CanonicalLetters.TakeApart(Visible(name).ToUpperInvariant());

    /// <summary>Whether two names are the same to people.</summary>
    public static bool AreSame(string one, string other) => Fold(one) == Fold(other);

    /// <summary>Why this cannot be a person's name, as a whole sentence; null when it can.</summary>
    public static string? Complaint(string name)
    {
        string clean = Clean(name);
        if (clean.Length is 0 or > MaxLength || clean.Any(char.IsControl) || !clean.EnumerateRunes().Any(Rune.IsLetterOrDigit))
            return $"\"{name}\" is no name: expected 1 to {MaxLength} letters, as it is to be spoken.";
        return Reserved.Contains(Fold(clean))
            ? $"\"{clean}\" cannot be a name: said aloud it would sound as if a stranger were at the door."
            : null;
    }

    private static string Visible(string name)
    {
        var text = new StringBuilder();
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) text.Append(text.Length > 0 && text[^1] != ' ' ? " " : "");
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format) text.Append(rune.ToString());
        }
        return text.ToString().TrimEnd();
    }
}
