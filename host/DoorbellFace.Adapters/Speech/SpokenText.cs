using System.Text;

namespace DoorbellFace.Adapters.Speech;

/// <summary>Makes a text safe to hand to a synthesizer.</summary>
public static class SpokenText
{
    /// <summary>
    /// Control characters become spaces, as espeak-ng takes some of them for commands (character 1 changes speed and voice, 0 ends the
    /// text); half surrogates, which no UTF-8 can hold, become the replacement character.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune)) clean.Append(' ');
            else clean.Append(rune.ToString());
        }
        return clean.ToString().Trim();
    }
}
