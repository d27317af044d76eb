using System.CommandLine;
using System.Text.Json;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>
/// Runs a command and catches what it writes. Standard output is one for the whole process, so such tests run one after the other.
/// </summary>
[CollectionDefinition(nameof(StandardOutput), DisableParallelization = true)]
public sealed class StandardOutput
{
    internal static string Of(Command command, params string[] words)
    {
        TextWriter before = Console.Out;
        using var caught = new StringWriter();
        Console.SetOut(caught);
        try
        {
            ParseResult parsed = command.Parse(words);
            Assert.Empty(parsed.Errors);
            parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return caught.ToString().Trim();
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    /// <summary>The same of a command that was asked for JSON.</summary>
    internal static JsonElement JsonOf(Command command, params string[] words) => JsonDocument.Parse(Of(command, words)).RootElement;
}
