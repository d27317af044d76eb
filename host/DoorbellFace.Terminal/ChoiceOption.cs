using System.CommandLine;

namespace DoorbellFace.Terminal;

/// <summary>An option that takes one of a few words: the names of <typeparamref name="T"/> in small letters.</summary>
public sealed class ChoiceOption<T> : Option<string>
    where T : struct, Enum
{
    private static readonly string[] Words = [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];

    /// <summary>Creates the option.</summary>
    /// <param name="name">"--sound".</param>
    /// <param name="usual">What it is when it is not given.</param>
    public ChoiceOption(string name, T usual)
        : base(name)
    {
        DefaultValueFactory = _ => usual.ToString().ToLowerInvariant();
        Validators.Add(result =>
        {
            foreach (string given in result.Tokens.Select(token => token.Value).Where(given => !Words.Contains(given)))
                result.AddError($"{name} is one of {string.Join(", ", Words)}; it was '{given}'.");
        });
    }

    /// <summary>What was chosen.</summary>
    public T Of(ParseResult parsed) => Enum.Parse<T>(parsed.GetValue(this)!, ignoreCase: true);
}
