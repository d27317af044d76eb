using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using DoorbellFace.Application;

namespace DoorbellFace.Terminal;

/// <summary>Runs a command line: parse errors, the user's errors and Ctrl-C each end with their sentence and their <see cref="ExitCode"/>.</summary>
public static class CommandRunner
{
    /// <summary>The root of a program's commands, under the name by which people call it.</summary>
    public static Command CreateRoot(string description, params Command[] commands)
    {
        var root = new Command("./doorbell", description);
        foreach (Command command in commands) root.Add(command);
        root.Add(new HelpOption());
        return root;
    }

    /// <summary>Parses and runs.</summary>
    /// <param name="root">The program's commands; see <see cref="CreateRoot"/>.</param>
    /// <param name="args">The words of the command line.</param>
    /// <param name="sentenceFor">Turns further exceptions into a sentence for the user, or null for a bug, which is then thrown on.</param>
    public static async Task<int> RunAsync(Command root, string[] args, Func<Exception, string?>? sentenceFor = null)
    {
        ParseResult parsed = root.Parse(args);
        List<string> complaints = [.. parsed.Errors.Select(Complaint.Of)];
        // A mistyped option would otherwise be taken for a file of that name.
        complaints.AddRange(parsed.Tokens.Where(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))
            .Select(token => $"There is no option {token.Value}."));
        if (complaints.Count > 0)
        {
            foreach (string complaint in complaints) await Console.Error.WriteLineAsync(complaint).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"Try: {PathOf(parsed.CommandResult)} --help").ConfigureAwait(false);
            return (int)ExitCode.WrongUsage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // A door that closes answers its visitor and says so; the library's usual two seconds are too short for that.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(8),
            }).ConfigureAwait(false);
        }
        catch (UserErrorException error)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return (int)error.ExitCode;
        }
        catch (DoorbellException error)
        {
            await Console.Error.WriteLineAsync(Remedies.InWords(error)).ConfigureAwait(false);
            return (int)CodeOf(error.Kind);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (Exception error) when ((sentenceFor?.Invoke(error) ?? Complaint.OfFileSystem(error)) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence).ConfigureAwait(false);
            return (int)ExitCode.BadInput;
        }
    }

    private static ExitCode CodeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidValue => ExitCode.WrongUsage,
        ErrorKind.Refused => ExitCode.Failed,
        _ => ExitCode.BadInput,
    };

    /// <summary>The words with which a command is called, such as "./doorbell evaluate detection".</summary>
    private static string PathOf(CommandResult command) => command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : command.Command.Name;
}
