using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DoorbellFace.Core.Languages;

/// <summary>The words of one language, from its file beside this one. Immutable.</summary>
public sealed partial class Language
{
    private readonly string _pair, _middle, _last, _date;
    private readonly string[] _numbers, _weekdays, _months, _was, _wasNot;
    private readonly Dictionary<Sentence, Dictionary<string, string>> _sentences;

    private Language(JsonObject file)
    {
        Tag = Text(file, "tag");
        Name = Text(file, "name");
        IsRightToLeft = Text(file, "direction") == "rtl";
        Voice = Text(file, "voice");
        JsonObject list = file["list"]!.AsObject();
        (_pair, _middle, _last) = (Text(list, "pair"), Text(list, "middle"), Text(list, "last"));
        _date = Text(file, "date");
        (_numbers, _weekdays, _months) = (Texts(file, "numbers"), Texts(file, "weekdays"), Texts(file, "months"));
        (_was, _wasNot) = (Texts(file, "was"), Texts(file, "was_not"));
        JsonObject sentences = file["sentences"]!.AsObject();
        _sentences =
            Enum.GetValues<Sentence>().ToDictionary(sentence => sentence, sentence => Forms(sentences[KeyOf(sentence)], KeyOf(sentence)));
    }

    /// <summary>Every language there is, English first.</summary>
    public static IReadOnlyList<Language> All { get; } = ReadAll();

    /// <summary>English.</summary>
    public static Language English => All[0];

    /// <summary>Language tag, such as "en".</summary>
    public string Tag { get; }

    /// <summary>Its own name for itself.</summary>
    public string Name { get; }

    /// <summary>It is written from right to left.</summary>
    public bool IsRightToLeft { get; }

    /// <summary>The voice that speaks it, as espeak-ng names it.</summary>
    public string Voice { get; }

    /// <summary>The language with a tag; null where there is none.</summary>
    public static Language? Find(string tag) =>
        All.FirstOrDefault(language => language.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sentence's key in a language's file.</summary>
    public static string KeyOf(Sentence sentence) => JsonNamingPolicy.SnakeCaseLower.ConvertName(sentence.ToString());

    /// <summary>A sentence with its words in place.</summary>
    /// <param name="sentence">Which.</param>
    /// <param name="words">What stands for each placeholder, by its name without braces.</param>
    public string Say(Sentence sentence, params ReadOnlySpan<(string Placeholder, string Words)> words) => Say(sentence, 1, words);

    /// <summary>A sentence about so many.</summary>
    /// <param name="sentence">Which.</param>
    /// <param name="count">What it counts; {count} stands for it in words, {digits} in digits.</param>
    /// <param name="words">What stands for each other placeholder.</param>
    public string Say(Sentence sentence, int count, params ReadOnlySpan<(string Placeholder, string Words)> words)
    {
        Dictionary<string, string> forms = _sentences[sentence];
        string text = forms.GetValueOrDefault(count switch { 1 => "one", 2 => "two", _ => "other" }, forms["other"])
            .Replace("{count}", Number(count), StringComparison.Ordinal)
            .Replace("{digits}", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        foreach ((string placeholder, string value) in words) text = text.Replace($"{{{placeholder}}}", value, StringComparison.Ordinal);
        // A sentence that begins with a part, such as "someone I don't know", begins with a capital all the same.
        return IsPart(sentence) ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
    }

    /// <summary>Several things, as the language joins them.</summary>
    /// <param name="items">One at least.</param>
    public string List(IReadOnlyList<string> items)
    {
        if (items.Count == 1) return items[0];
        if (items.Count == 2) return Join(_pair, items[0], items[1]);
        return Join(_last, items.Take(items.Count - 1).Aggregate((before, next) => Join(_middle, before, next)), items[^1]);
    }

    /// <summary>The name in a sentence such as "That was Ben.", or in the name alone; null when nothing of the kind is said.</summary>
    /// <param name="said">What somebody said or typed.</param>
    /// <param name="isNot">The sentence says that it was somebody else, as in "That was not Ben."</param>
    public string? NameIn(string said, out bool isNot)
    {
        string text = string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', '!', '?', ',', ' ');
        (string Name, bool IsNot)? best = null;
        foreach ((string form, bool denies) in _was.Select(form => (form, false)).Concat(_wasNot.Select(form => (form, true))))
        {
            (string before, string after) = (form[..form.IndexOf('{')], form[(form.IndexOf('}') + 1)..]);
            if (text.Length <= before.Length + after.Length || !text.StartsWith(before, StringComparison.OrdinalIgnoreCase)
                || !text.EndsWith(after, StringComparison.OrdinalIgnoreCase)) continue;
            string name = text[before.Length..^after.Length].Trim();
            // The form that leaves least over says most.
            if (name.Length > 0 && (best is null || name.Length < best.Value.Name.Length)) best = (name, denies);
        }
        isNot = best?.IsNot ?? false;
        return best?.Name;
    }

    /// <summary>A number in words; in digits where the language's list of words ends.</summary>
    public string Number(int number) =>
        number >= 0 && number < _numbers.Length ? _numbers[number] : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A time of day, such as "14:10".</summary>
    public static string Time(DateTimeOffset local) => Time(local.DateTime);

    /// <summary>A time of day, such as "14:10".</summary>
    public static string Time(DateTime local) => local.ToString("H:mm", CultureInfo.InvariantCulture);

    /// <summary>A day within the last week by its weekday, an earlier one by its date.</summary>
    /// <param name="day">Which.</param>
    /// <param name="today">The day on which it is said.</param>
    public string Day(DateOnly day, DateOnly today) => today.DayNumber - day.DayNumber < _weekdays.Length
        ? _weekdays[(int)day.DayOfWeek]
        : _date.Replace("{day}", day.Day.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{month}", _months[day.Month - 1], StringComparison.Ordinal);

    /// <summary>The placeholders of a sentence, in every form it has, for checking a file.</summary>
    public IReadOnlyList<IReadOnlySet<string>> PlaceholdersOf(Sentence sentence) =>
        [.. _sentences[sentence].Values.Select(text => Placeholder().Matches(text).Select(match => match.Value).ToHashSet())];

    private static bool IsPart(Sentence sentence) =>
        sentence is Sentence.PartUnknown or Sentence.PartUnknownWith or Sentence.PartUncertain or Sentence.PartUncertainWith
        or Sentence.NobodySeen or Sentence.Came or Sentence.EarlierToday or Sentence.EarlierYesterday or Sentence.EarlierOn
        or Sentence.WiredBell or Sentence.WiredAgain or Sentence.WiredChime or Sentence.WiredBuzzer or Sentence.WiredLight
        or Sentence.WiredDisplay;

    private static string Join(string form, string one, string other) =>
        form.Replace("{0}", one, StringComparison.Ordinal).Replace("{1}", other, StringComparison.Ordinal);

    /// <summary>A sentence that is the same for any number is a text; one that counts is an object of forms.</summary>
    private static Dictionary<string, string> Forms(JsonNode? node, string key) => node switch
    {
        JsonValue text => new() { ["other"] = text.GetValue<string>() },
        JsonObject forms => forms.ToDictionary(form => form.Key, form => form.Value!.GetValue<string>()),
        _ => throw new InvalidDataException($"A language lacks the sentence \"{key}\"."),
    };

    private static string Text(JsonObject file, string key) =>
        file[key]?.GetValue<string>() ?? throw new InvalidDataException($"A language lacks \"{key}\".");

    private static string[] Texts(JsonObject file, string key) =>
        [.. (file[key] ?? throw new InvalidDataException($"A language lacks \"{key}\".")).AsArray()
            .Select(text => text!.GetValue<string>())];

    private static Language[] ReadAll()
    {
        System.Reflection.Assembly assembly = typeof(Language).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.Contains(".Languages.", StringComparison.Ordinal))
                .Select(name => new Language(JsonNode.Parse(assembly.GetManifestResourceStream(name)!)!.AsObject()))
                .OrderBy(language => language.Tag != "en")
                .ThenBy(language => language.Tag, StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
