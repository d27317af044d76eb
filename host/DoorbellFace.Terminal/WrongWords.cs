using System.CommandLine;
using System.CommandLine.Parsing;

namespace DoorbellFace.Terminal;

/// <summary>All that is wrong with a command line, in sentences, with what was probably meant.</summary>
internal static class WrongWords
{
    private const string Unmatched = "Unrecognized command or argument", NoCommand = "Required command was not provided";

    /// <summary>The complaints, none when the line is right.</summary>
    public static IReadOnlyList<string> ComplaintsOf(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        var complaints = new List<string>();
        bool isWordWrong = parsed.UnmatchedTokens.Count > 0;
        foreach (ParseError error in parsed.Errors)
        {
            // What the library says of these is said below, with the word that was meant.
            if (error.Message.StartsWith(Unmatched, StringComparison.Ordinal)) continue;
            if (error.Message.StartsWith(NoCommand, StringComparison.Ordinal))
            {
                if (!isWordWrong)
                    complaints.Add($"One of these is missing: {string.Join(", ", command.Subcommands.Select(one => one.Name))}.");
                continue;
            }
            complaints.Add(Complaint.Of(error));
        }
        complaints.AddRange(NumberComplaints(parsed.CommandResult));
        // A mistyped option would otherwise be taken for a file of that name.
        IEnumerable<string> mistyped = parsed.Tokens.Where(token => token.Type == TokenType.Argument).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens).Where(word => word.StartsWith("--", StringComparison.Ordinal)).Distinct();
        string[] options = [.. OptionsOf(parsed.CommandResult)];
        complaints.AddRange(mistyped.Select(word => $"There is no option {word}.{Suggestion.InWords(word, options)}"));
        complaints.AddRange(parsed.UnmatchedTokens.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).Take(1)
            .Select(word => command.Subcommands.Count > 0
            ? $"There is no command '{word}'.{Suggestion.InWords(word, [.. command.Subcommands.Select(one => one.Name)])}"
            : $"'{word}' is one word too many. Words that belong together stand in quotation marks."));
        return complaints;
    }

    /// <summary>
    /// Numbers that the library reads and a person did not mean: it takes the comma of "0,001" for one between thousands.
    /// </summary>
    private static IEnumerable<string> NumberComplaints(CommandResult command)
    {
        for (CommandResult? at = command; at is not null; at = at.Parent as CommandResult)
        {
            foreach (SymbolResult child in at.Children)
            {
                (string Name, Type Type)? symbol = child switch
                {
                    OptionResult option => (option.Option.Name, option.Option.ValueType),
                    ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType),
                    _ => null,
                };
                if (symbol is not { } of) continue;
                foreach (Token token in child.Tokens)
                {
                    if (Complaint.OfNumber(of.Name, of.Type, token.Value) is { } complaint) yield return complaint;
                }
            }
        }
    }

    private static IEnumerable<string> OptionsOf(CommandResult command)
    {
        for (CommandResult? at = command; at is not null; at = at.Parent as CommandResult)
        {
            foreach (Option option in at.Command.Options.Where(option => option.Name.StartsWith("--", StringComparison.Ordinal)))
                yield return option.Name;
        }
    }
}
