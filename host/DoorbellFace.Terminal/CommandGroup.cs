using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace DoorbellFace.Terminal;

/// <summary>
/// A command that only has commands of its own, one of which is meant when it is called alone: "./doorbell people" lists.
/// </summary>
[SuppressMessage("Design", "CA1010:Generic interface should also be implemented",
    Justification = "Command enumerates without a type for collection initialisers only.")]
public sealed class CommandGroup : Command
{
    private readonly string _usual;

    /// <summary>Creates the group; its commands are added to it.</summary>
    /// <param name="name">As it is typed.</param>
    /// <param name="description">What its commands are about.</param>
    /// <param name="usual">The name of the one that is meant when none is named.</param>
    public CommandGroup(string name, string description, string usual)
        : base(name, description) => _usual = usual;

    /// <summary>The words of a command line with the usual command in the place where a group's is missing.</summary>
    internal static string[] Complete(Command root, string[] args)
    {
        if (args is not [var first, .. var rest]
            || root.Subcommands.FirstOrDefault(command => command.Name == first) is not CommandGroup group) return args;
        bool isAlone = rest.Length == 0 || (rest[0].StartsWith("--", StringComparison.Ordinal) && !rest.Contains("--help"));
        return isAlone ? [first, group._usual, .. rest] : args;
    }
}
