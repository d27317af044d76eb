using System.Globalization;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Rules;

namespace DoorbellFace.Application.Rules;

/// <summary>Changes of the rules from words that people type or say: what is to be set, and to what. "usual" takes a rule back.</summary>
public static class RulesEdit
{
    /// <summary>Takes a rule back.</summary>
    public const string Usual = "usual";

    private static readonly string[] Whats =
        ["quiet", "quiet-chime", "quiet-except", "strangers", "uncertain", "repeat", "again", "volume", "pace", "muted"];

    private static readonly string[] PersonWhats = ["sentence", "say-as", "silent", "only"];

    /// <summary>What can be set for everybody.</summary>
    public static IReadOnlyList<string> ForEverybody => Whats;

    /// <summary>What can be set for a person.</summary>
    public static IReadOnlyList<string> ForAPerson => PersonWhats;

    /// <summary>A rule for everybody.</summary>
    /// <param name="rules">The rules as they are.</param>
    /// <param name="what">One of <see cref="ForEverybody"/>.</param>
    /// <param name="value">To what.</param>
    /// <param name="personOf">Finds a person by name; throws where there is none.</param>
    /// <exception cref="DoorbellException">There is no such rule, or the value is impossible.</exception>
    public static HouseRules Set(HouseRules rules, string what, string value, Func<string, PersonId> personOf)
    {
        bool isUsual = value == Usual;
        return what switch
        {
            "quiet" => rules with
            {
                Quiet = isUsual ? null : (rules.Quiet ?? new QuietHours(Times(what, value))) with { Times = Times(what, value) },
            },
            "quiet-chime" => rules with { Quiet = Quiet(rules) with { Chime = Word<ChimeRule>(what, value) } },
            "quiet-except" => rules with
            {
                Quiet = Quiet(rules) with
                {
                    Except = isUsual ? [] : [.. value.Split(',').Select(name => personOf(name.Trim())).Distinct()],
                },
            },
            "strangers" => rules with { Strangers = isUsual ? SayRule.Say : Word<SayRule>(what, value) },
            "uncertain" => rules with { Uncertain = isUsual ? SayRule.Say : Word<SayRule>(what, value) },
            "repeat" => rules with { RepeatAfter = isUsual ? null : TimeSpan.FromMinutes(Number(what, value, 1, 24 * 60, "minutes")) },
            "again" => rules with { SayAgainAfter = isUsual ? null : TimeSpan.FromSeconds(Number(what, value, 5, 600, "seconds")) },
            "volume" => rules with { VolumePercent = isUsual ? 100 : Number(what, value, HouseRules.LeastVolume, 100, "percent") },
            "pace" => rules with
            {
                WordsPerMinute = isUsual ? null : Number(what, value, HouseRules.LeastPace, HouseRules.MostPace, "words a minute"),
            },
            "muted" => rules with { IsMuted = !isUsual && YesOrNo(what, value) },
            _ => throw Wrong($"There is no rule \"{what}\" for everybody; there are {string.Join(", ", Whats)}."),
        };
    }

    /// <summary>A rule for one person.</summary>
    /// <param name="rules">What is set for them.</param>
    /// <param name="what">One of <see cref="ForAPerson"/>, or "usual", which takes all of them back.</param>
    /// <param name="value">To what.</param>
    /// <exception cref="DoorbellException">There is no such rule, or the value is impossible.</exception>
    public static PersonRules Set(PersonRules rules, string what, string value)
    {
        bool isUsual = value == Usual;
        return what switch
        {
            "sentence" => rules with { Sentence = isUsual ? null : Sentence(Text(what, value, PersonRules.LongestSentence)) },
            "say-as" => rules with { SayAs = isUsual ? null : Text(what, value, PersonRules.LongestSpelling) },
            "silent" => rules with { IsSilent = !isUsual && YesOrNo(what, value) },
            "only" => rules with { Only = isUsual ? null : Times(what, value) },
            Usual => PersonRules.None,
            _ => throw Wrong(
                $"There is no rule \"{what}\" for a person; there are {string.Join(", ", PersonWhats)}, and usual, which takes all of them "
                + $"back."),
        };
    }

    private static QuietHours Quiet(HouseRules rules) => rules.Quiet ?? throw Wrong("There are no quiet hours yet: set their times first.");

    private static WeeklyTimes Times(string what, string value) =>
        WeeklyTimes.TryParse(value) ?? throw Wrong($"{what} is \"{value}\": {WeeklyTimes.Expected}.");

    private static int Number(string what, string value, int least, int most, string unit) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Wrong($"{what} is \"{value}\": expected {least} to {most} {unit}, or usual.");

    private static T Word<T>(string what, string value)
        where T : struct, Enum
    {
        foreach (T word in Enum.GetValues<T>()) if (value.Equals(word.ToString(), StringComparison.OrdinalIgnoreCase)) return word;
        throw Wrong($"{what} is \"{value}\": expected {string.Join(" or ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}.");
    }

    private static bool YesOrNo(string what, string value) => value switch
    {
        "yes" => true,
        "no" => false,
        _ => throw Wrong($"{what} is \"{value}\": expected yes or no."),
    };

    private static string Text(string what, string value, int longest) =>
        value.Trim() is var text && text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl)
        ? text
        : throw Wrong($"{what} has {value.Trim().Length} letters: expected 1 to {longest}.");

    /// <summary>Another sentence may follow.</summary>
    private static string Sentence(string text) =>
        char.IsPunctuation(text[^1]) || text.Length == PersonRules.LongestSentence ? text : text + ".";

    private static DoorbellException Wrong(string sentence) => new(ErrorKind.InvalidValue, sentence);
}
