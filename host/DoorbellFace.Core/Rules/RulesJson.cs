using System.Text.Json;
using System.Text.Json.Nodes;
using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Rules;

/// <summary>The rules as they are kept (docs/rules.md). What is wrong is complained about in sentences, all at once.</summary>
public static class RulesJson
{
    private static readonly string[] Keys =
        ["people", "quiet", "volume_percent", "words_per_minute", "muted", "strangers", "uncertain", "repeat_minutes", "again_seconds"];

    private static readonly string[] PersonKeys = ["sentence", "say_as", "silent", "only"];

    private static readonly string[] QuietKeys = ["times", "chime", "except"];

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The rules as text.</summary>
    public static string Write(HouseRules rules)
    {
        var file = new JsonObject();
        if (rules.PerPerson.Count > 0)
            file["people"] =
                new JsonObject(rules.PerPerson.Select(person =>
                    KeyValuePair.Create<string, JsonNode?>(person.Key.ToString(), Write(person.Value))));
        if (rules.Quiet is { } quiet)
        {
            file["quiet"] =
                new JsonObject { ["times"] = quiet.Times.ToString(), ["chime"] = Word(quiet.Chime),
                    ["except"] = new JsonArray([.. quiet.Except.Select(person => JsonValue.Create(person.ToString()))]) };
        }
        if (rules.VolumePercent != 100) file["volume_percent"] = rules.VolumePercent;
        if (rules.WordsPerMinute is { } pace) file["words_per_minute"] = pace;
        if (rules.IsMuted) file["muted"] = true;
        if (rules.Strangers != SayRule.Say) file["strangers"] = Word(rules.Strangers);
        if (rules.Uncertain != SayRule.Say) file["uncertain"] = Word(rules.Uncertain);
        if (rules.RepeatAfter is { } repeat) file["repeat_minutes"] = (int)repeat.TotalMinutes;
        if (rules.SayAgainAfter is { } again) file["again_seconds"] = (int)again.TotalSeconds;
        return file.ToJsonString(Readable) + "\n";
    }

    /// <summary>Reads the rules.</summary>
    /// <param name="text">What <see cref="Write(HouseRules)"/> writes, or what people make of it.</param>
    /// <param name="complaints">Gets a sentence for everything that is wrong; none when all is well.</param>
    /// <returns>What could be read; not to be used when there are complaints.</returns>
    public static HouseRules Read(string text, ICollection<string> complaints)
    {
        JsonObject? file;
        try
        {
            // Of a key that stands twice nobody can tell which is meant.
            var options = new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false,
            };
            file = JsonNode.Parse(text, documentOptions: options) as JsonObject;
        }
        catch (JsonException error)
        {
            complaints.Add($"This is no JSON: {error.Message}");
            return HouseRules.None;
        }
        if (file is null)
        {
            complaints.Add("Rules are an object in braces; something else was found.");
            return HouseRules.None;
        }
        var part = new Part("", file, complaints);
        part.Know(Keys);
        return new HouseRules
        {
            PerPerson = ReadPeople(part),
            Quiet = ReadQuiet(part),
            VolumePercent = part.Number("volume_percent", HouseRules.LeastVolume, 100) ?? 100,
            WordsPerMinute = part.Number("words_per_minute", HouseRules.LeastPace, HouseRules.MostPace),
            IsMuted = part.YesOrNo("muted"),
            Strangers = part.Choice<SayRule>("strangers"),
            Uncertain = part.Choice<SayRule>("uncertain"),
            RepeatAfter = part.Number("repeat_minutes", 1, 24 * 60) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            SayAgainAfter = part.Number("again_seconds", 5, 600) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    private static JsonObject Write(PersonRules rules)
    {
        var person = new JsonObject();
        if (rules.Sentence is { } sentence) person["sentence"] = sentence;
        if (rules.SayAs is { } spelling) person["say_as"] = spelling;
        if (rules.IsSilent) person["silent"] = true;
        if (rules.Only is { } only) person["only"] = only.ToString();
        return person;
    }

    private static Dictionary<PersonId, PersonRules> ReadPeople(Part part)
    {
        var people = new Dictionary<PersonId, PersonRules>();
        if (part.Object("people") is not { } all) return people;
        foreach (string key in all.Keys)
        {
            if (IdOf(key) is not { } id) all.Complain(key, "is no person: expected the id of somebody enrolled");
            else if (all.Object(key) is { } one)
            {
                one.Know(PersonKeys);
                people[id] = new PersonRules
                {
                    Sentence = one.Text("sentence", PersonRules.LongestSentence),
                    SayAs = one.Text("say_as", PersonRules.LongestSpelling),
                    IsSilent = one.YesOrNo("silent"),
                    Only = one.Times("only"),
                };
            }
        }
        return people;
    }

    private static QuietHours? ReadQuiet(Part part)
    {
        if (part.Object("quiet") is not { } quiet) return null;
        quiet.Know(QuietKeys);
        if (!quiet.Keys.Contains("times")) quiet.Complain("times", $"is missing: {WeeklyTimes.Expected}");
        WeeklyTimes? times = quiet.Times("times");
        ChimeRule chime = quiet.Choice<ChimeRule>("chime");
        PersonId?[] except = [.. quiet.Texts("except").Select(text => IdOf(text))];
        if (except.Contains(null)) quiet.Complain("except", "names something that is no person: expected ids of people enrolled");
        return times is null ? null : new QuietHours(times) { Chime = chime, Except = [.. except.OfType<PersonId>()] };
    }

    private static PersonId? IdOf(string text) => Guid.TryParseExact(text, "D", out Guid id) && id != Guid.Empty ? new PersonId(id) : null;

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>An object of the file and where it stands, with one place that complains.</summary>
    private sealed class Part(string prefix, JsonObject node, ICollection<string> complaints)
    {
        public IReadOnlyList<string> Keys => [.. node.Select(pair => pair.Key)];

        public void Complain(string key, string what) => complaints.Add($"{prefix}{key} {what}.");

        public void Know(string[] known)
        {
            foreach (string key in Keys.Except(known)) Complain(key, $"is no rule: there are {string.Join(", ", known)}");
        }

        public Part? Object(string key)
        {
            if (!node.TryGetPropertyValue(key, out JsonNode? value)) return null;
            if (value is JsonObject inner) return new Part($"{prefix}{key}.", inner, complaints);
            Complain(key, "is something else than an object in braces");
            return null;
        }

        public string? Text(string key, int longest)
        {
            if (!node.TryGetPropertyValue(key, out JsonNode? value)) return null;
            if (value is JsonValue one && one.TryGetValue(out string? text) && text.Trim().Length is var length && length > 0
                && length <= longest) return text.Trim();
            Complain(key, $"cannot be said: expected 1 to {longest} letters in quotation marks");
            return null;
        }

        public IReadOnlyList<string> Texts(string key)
        {
            if (!node.TryGetPropertyValue(key, out JsonNode? value)) return [];
            if (value is JsonArray list && list.All(item => item is JsonValue one && one.TryGetValue(out string? _)))
                return [.. list.Select(item => item!.GetValue<string>())];
            Complain(key, "is something else than a list of ids in brackets");
            return [];
        }

        public bool YesOrNo(string key)
        {
            if (!node.TryGetPropertyValue(key, out JsonNode? value)) return false;
            if (value is JsonValue one && one.TryGetValue(out bool yes)) return yes;
            Complain(key, "is something else than true or false");
            return false;
        }

        public WeeklyTimes? Times(string key)
        {
            if (!node.TryGetPropertyValue(key, out JsonNode? value)) return null;
            if (value is JsonValue one && one.TryGetValue(out string? text) && WeeklyTimes.TryParse(text) is { } times) return times;
            Complain(key, $"is {value?.ToJsonString() ?? "null"}: {WeeklyTimes.Expected}");
            return null;
        }

        public int? Number(string key, int least, int most)
        {
            if (!node.TryGetPropertyValue(key, out JsonNode? value)) return null;
            if (value is JsonValue one && one.TryGetValue(out int number) && number >= least && number <= most) return number;
            Complain(key, $"is {value?.ToJsonString() ?? "null"}: expected a whole number from {least} to {most}");
            return null;
        }

        public T Choice<T>(string key)
            where T : struct, Enum
        {
            if (!node.TryGetPropertyValue(key, out JsonNode? value)) return default;
            foreach (T choice in Enum.GetValues<T>())
                if (value is JsonValue one && one.TryGetValue(out string? text) && text == Word(choice)) return choice;
            Complain(key, $"is {value?.ToJsonString() ?? "null"}: expected {string.Join(" or ", Enum.GetValues<T>().Select(Word))}");
            return default;
        }
    }
}
