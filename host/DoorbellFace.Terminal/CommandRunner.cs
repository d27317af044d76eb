using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using DoorbellFace.Application;

namespace DoorbellFace.Terminal;

/// <summary>
/// Runs a command line: parse errors, the user's errors and Ctrl-C each end with their sentence and their <see cref="ExitCode"/>.
/// </summary>
public static class CommandRunner
{
    /// <summary>The root of a program's commands, under the name by which people call it.</summary>
    public static Command CreateRoot(string description, params Command[] commands)
    {
        var root = new Command("./doorbell", description);
        foreach (Command command in commands) root.Add(command);
        root.Add(new HelpOption());
        // For its help text and for every command alike; Screen reads it from the command line before anything is parsed.
        root.Add(
            new Option<bool>(
                Screen.PlainOption) { Description =
                    "Progress in plain lines, for screen readers and braille displays; from then on in every command.", Recursive = true });
        root.Add(new Option<bool>(Screen.NoPlainOption) { Description = "Progress is drawn again.", Recursive = true });
        return root;
    }

    /// <summary>Parses and runs.</summary>
    /// <param name="root">The program's commands; see <see cref="CreateRoot"/>.</param>
    /// <param name="args">The words of the command line.</param>
    /// <param name="sentenceFor">Turns further exceptions into a sentence for the user, or null for a bug, which is then thrown on.</param>
    public static async Task<int> RunAsync(Command root, string[] args, Func<Exception, string?>? sentenceFor = null)
    {
        if (args is ["--version" or "version"])
        {
            await Console.Out.WriteLineAsync($"DoorbellFace {Version}").ConfigureAwait(false);
            return (int)ExitCode.Done;
        }
        ParseResult parsed = root.Parse(CommandGroup.Complete(root, args));
        IReadOnlyList<string> complaints = WrongWords.ComplaintsOf(parsed);
        if (complaints.Count > 0)
        {
            foreach (string complaint in complaints) await Console.Error.WriteLineAsync(complaint).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"Try: {PathOf(parsed.CommandResult)} --help").ConfigureAwait(false);
            return (int)ExitCode.WrongUsage;
        }
        if (PlainScreen.Remember(args) is { } change) Screen.Remark(change);
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

    /// <summary>The version of this program: three numbers, such as 0.1.0, that Directory.Build.props says.</summary>
    public static string Version => typeof(CommandRunner).Assembly.GetName().Version!.ToString(fieldCount: 3);

    private static ExitCode CodeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidValue => ExitCode.WrongUsage,
        ErrorKind.Refused => ExitCode.Failed,
        _ => ExitCode.BadInput,
    };

    /// <summary>The words with which a command is called, such as "./doorbell evaluate detection".</summary>
    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : command.Command.Name;
}
