using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using DoorbellFace.Adapters.Processes;

namespace DoorbellFace.Adapters.Speech;

/// <summary>Asks ALSA whether there is a sound card, before the first sentence needs it.</summary>
public static partial class SoundCard
{
    /// <summary>ALSA's player.</summary>
    public const string Program = "aplay";

    /// <summary>The devices of all cards, by names that <c>aplay -D</c> takes; empty when there are none, or that cannot be told.</summary>
    /// <param name="program">The player's name.</param>
    public static IReadOnlyList<string> Devices(string program = Program) =>
        TryList(program, out string cards) is null ? DevicesIn(cards) : [];

    /// <summary>Why no sound can come from a card, in a sentence with what to do; null when one is there.</summary>
    /// <param name="program">The player's name.</param>
    public static string? FindFault(string program = Program) =>
        // Without a card, aplay 1.2 ends with status 0 and says so on standard error; only its list can be trusted.
        TryList(program, out string cards) ?? (cards.Contains("card ", StringComparison.Ordinal) ? null : "There is no sound card.");

    /// <summary>The devices of a list such as "card 1: Kitchen [USB Audio], device 0: USB Audio [USB Audio]".</summary>
    internal static IReadOnlyList<string> DevicesIn(string cards) =>
        [.. CardLine().Matches(cards).Select(line => $"plughw:{line.Groups[1].Value},{line.Groups[2].Value}")];

    private static string? TryList(string program, out string cards)
    {
        cards = "";
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "-l" }, Environment = { ["LC_ALL"] = "C" },
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> complaint = process.StandardError.ReadToEndAsync(), listing = process.StandardOutput.ReadToEndAsync();
            if (!ChildProcesses.WaitOrStop(process, ChildProcesses.Limit))
                return $"{program} does not answer, so it is not known whether there is a sound card.";
            cards = listing.GetAwaiter().GetResult();
            _ = complaint.GetAwaiter().GetResult();
            return null;
        }
        catch (Win32Exception)
        {
            return $"{program} is not installed, so there is no way to the sound card. Install it: sudo apt-get install alsa-utils";
        }
    }

    [GeneratedRegex(@"^card \d+: (\w+) .*, device (\d+):", RegexOptions.Multiline)]
    private static partial Regex CardLine();
}
