using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DoorbellFace.Core.Languages;

namespace DoorbellFace.Web.Words;

/// <summary>
/// The page's sentences in one language, from its file beside this one; what the doorbell says aloud is <see
/// cref="Core.Languages.Language"/>'s. Immutable.
/// </summary>
internal sealed partial class WordList
{
    /// <summary>The Hebrew hyphen.</summary>
    private const char Maqaf = '\u05BE';

    private static readonly Dictionary<string, WordList> All =
        Language.All.ToDictionary(language => language.Tag, language => new WordList(language));

    private readonly Dictionary<Phrase, (string One, string Other)> _phrases;

    private WordList(Language language)
    {
        Language = language;
        using Stream file = typeof(WordList).Assembly.GetManifestResourceStream($"Words/{language.Tag}.json")
            ?? throw new InvalidDataException($"The page has no words in {language.Name}.");
        JsonObject texts = JsonNode.Parse(file)!.AsObject();
        Keys = [.. texts.Select(text => text.Key)];
        _phrases = Enum.GetValues<Phrase>().ToDictionary(phrase => phrase, phrase => Forms(texts, KeyOf(phrase)));
    }

    /// <summary>The language.</summary>
    public Language Language { get; }

    /// <summary>Every key of its file, for checking it.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>The words of a language.</summary>
    public static WordList Of(Language language) => All[language.Tag];

    /// <summary>The phrase's key in a file.</summary>
    public static string KeyOf(Phrase phrase) => JsonNamingPolicy.SnakeCaseLower.ConvertName(phrase.ToString());

    /// <summary>A phrase with its words in place.</summary>
    public string Say(Phrase phrase, params ReadOnlySpan<(string Placeholder, string Words)> words) => Fill(_phrases[phrase].Other, words);

    /// <summary>A phrase about so many, with its other words in place.</summary>
    public string Count(Phrase phrase, int count, params ReadOnlySpan<(string Placeholder, string Words)> words)
    {
        string text = count == 1 ? _phrases[phrase].One : _phrases[phrase].Other;
        return Fill(Put(text, "digits", count.ToString(CultureInfo.InvariantCulture)), words);
    }

    /// <summary>The placeholders of a phrase, for checking a file.</summary>
    public IReadOnlySet<string> PlaceholdersOf(Phrase phrase) =>
        Placeholder().Matches(_phrases[phrase].Other).Select(match => match.Value).ToHashSet();

    private static string Fill(string text, ReadOnlySpan<(string Placeholder, string Words)> words)
    {
        foreach ((string placeholder, string value) in words) text = Put(text, placeholder, value);
        return text;
    }

    /// <summary>
    /// Hebrew writes its shortest words, such as "to" and "of", onto the next one; where that is of another script, or a number, with a
    /// hyphen between.
    /// </summary>
    private static string Put(string text, string placeholder, string value)
    {
        string place = $"{{{placeholder}}}";
        int at = text.IndexOf(place, StringComparison.Ordinal);
        while (at >= 0)
        {
            bool isJoined = at > 0 && IsHebrew(text[at - 1]) && value.Length > 0 && !IsHebrew(value[0]);
            string put = isJoined ? Maqaf + value : value;
            text = $"{text.AsSpan(..at)}{put}{text.AsSpan(at + place.Length)}";
            at = text.IndexOf(place, at + put.Length, StringComparison.Ordinal);
        }
        return text;
    }

    private static bool IsHebrew(char letter) => letter is >= '\u05D0' and <= '\u05EA';

    private static (string One, string Other) Forms(JsonObject texts, string key) => texts[key] switch
    {
        JsonValue text => (text.GetValue<string>(), text.GetValue<string>()),
        JsonObject forms => (forms["one"]!.GetValue<string>(), forms["other"]!.GetValue<string>()),
        _ => throw new InvalidDataException($"A language of the page lacks \"{key}\"."),
    };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
