using System.ComponentModel;
using System.Diagnostics;

namespace DoorbellFace.Adapters.Speech;

/// <summary>Asks ALSA whether there is a sound card, before the first sentence needs it.</summary>
public static class SoundCard
{
    /// <summary>ALSA's player.</summary>
    public const string Program = "aplay";

    /// <summary>Why no sound can come from a card, in a sentence with what to do; null when one is there.</summary>
    /// <param name="program">The player's name.</param>
    public static string? FindFault(string program = Program)
    {
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
            string cards = listing.GetAwaiter().GetResult();
            _ = complaint.GetAwaiter().GetResult();
            // Without a card, aplay 1.2 ends with status 0 and says so on standard error; only its list can be trusted.
            return cards.Contains("card ", StringComparison.Ordinal) ? null : "There is no sound card.";
        }
        catch (Win32Exception)
        {
            return $"{program} is not installed, so there is no way to the sound card. Install it: sudo apt-get install alsa-utils";
        }
    }
}
