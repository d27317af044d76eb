using System.Diagnostics;

namespace DoorbellFace.Adapters.Serial;

/// <summary>Who may use a port, as the system has it: the group differs between distributions (dialout, uucp, tty, plugdev).</summary>
public static class PortOwner
{
    /// <summary>How this user gets the right to use a port, in a sentence or two.</summary>
    public static string Advice(string portPath) => GroupOf(portPath) switch
    {
        null => "Ask whoever looks after this computer for the right to read and write it.",
        "root" => "It belongs to the group root: a udev rule that gives it to the group dialout is missing.",
        { } group => $"It belongs to the group {group}, and your user is not in it, or has not logged in since. "
            + $"Run: sudo usermod -aG {group} $USER, then log out and log in again.",
    };

    /// <summary>The name of the group that a file belongs to; null when the system does not say.</summary>
    public static string? GroupOf(string path)
    {
        try
        {
            var start = new ProcessStartInfo("stat") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])["--dereference", "--format=%G", "--", path]) start.ArgumentList.Add(argument);
            using Process? stat = Process.Start(start);
            string group = stat?.StandardOutput.ReadToEnd().Trim() ?? "";
            return group.Length > 0 && group != "UNKNOWN" ? group : null;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            return null;
        }
    }
}
