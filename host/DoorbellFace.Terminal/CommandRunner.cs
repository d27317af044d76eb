using System.CommandLine;

namespace DoorbellFace.Terminal;

/// <summary>Runs a command line: parse errors, the user's errors and Ctrl-C each end with their sentence and their <see cref="ExitCode"/>.</summary>
public static class CommandRunner
{
    /// <summary>Parses and runs.</summary>
    /// <param name="root">The program's commands.</param>
    /// <param name="args">The words of the command line.</param>
    /// <param name="sentenceFor">Turns further exceptions into a sentence for the user, or null for a bug, which is then thrown on.</param>
    public static async Task<int> RunAsync(RootCommand root, string[] args, Func<Exception, string?>? sentenceFor = null)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            string command = parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ";
            await Console.Error.WriteLineAsync($"Try: ./doorbell {command}--help").ConfigureAwait(false);
            return (int)ExitCode.WrongUsage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (UserErrorException error)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return (int)error.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (Exception error) when (sentenceFor?.Invoke(error) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence).ConfigureAwait(false);
            return (int)ExitCode.BadInput;
        }
    }
}
