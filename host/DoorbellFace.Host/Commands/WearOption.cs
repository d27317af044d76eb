using System.CommandLine;
using DoorbellFace.Measuring.Wearing;

namespace DoorbellFace.Host.Commands;

/// <summary>--wear, the same in every command that paints things on faces.</summary>
internal sealed class WearOption : Option<string[]>
{
    private static readonly Dictionary<string, Worn> Words = new(StringComparer.Ordinal)
    {
        ["mask"] = Worn.Mask,
        ["cap"] = Worn.Cap,
        ["dark-glasses"] = Worn.DarkGlasses,
    };

    /// <summary>Creates the option.</summary>
    /// <param name="onWhom">Whose faces these are, as the end of a sentence.</param>
    public WearOption(string onWhom)
        : base("--wear")
    {
        Description = $"What is painted on {onWhom}: mask, cap or dark-glasses; several may be given.";
        HelpName = "mask|cap|dark-glasses";
        AllowMultipleArgumentsPerToken = true;
        Validators.Add(result =>
        {
            foreach (string given in result.Tokens.Select(token => token.Value).Where(given => !Words.ContainsKey(given)))
                result.AddError($"--wear is one of {string.Join(", ", Words.Keys)}; it was '{given}'.");
        });
    }

    /// <summary>What was given, each thing once.</summary>
    public IReadOnlyList<Worn> Of(ParseResult parsed) => [.. (parsed.GetValue(this) ?? []).Select(word => Words[word]).Distinct()];

    /// <summary>The words for things worn.</summary>
    public static IEnumerable<string> WordsFor(IEnumerable<Worn> worn) =>
        worn.Select(thing => Words.First(word => word.Value == thing).Key);
}
