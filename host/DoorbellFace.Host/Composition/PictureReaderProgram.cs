using System.Globalization;
using DoorbellFace.Adapters.Decoding;

namespace DoorbellFace.Host.Composition;

/// <summary>
/// This program as the process that reads pictures for a running door. It is asked for by a word that no command of people's has, and
/// before anything else is loaded: it is started while somebody waits.
/// </summary>
internal static class PictureReaderProgram
{
    private const string Word = "read-pictures-for-the-door", Name = "DoorbellFace.Host";

    /// <summary>How it is started.</summary>
    public static IReadOnlyList<string> Line() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == Name
            ? [path, Word]
            : [TrainerProgram.Runner, "exec", typeof(PictureReaderProgram).Assembly.Location, Word];

    /// <summary>Reads pictures where that is asked for; does nothing else.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>False where something else is asked for.</returns>
    public static bool TryRun(string[] args)
    {
        if (args is not [Word, var bytes]) return false;
        using Stream requests = Console.OpenStandardInput(), answers = Console.OpenStandardOutput();
        PictureReader.Run(HouseServices.Pictures, requests, answers, long.Parse(bytes, CultureInfo.InvariantCulture));
        return true;
    }
}
