using DoorbellFace.Adapters.Serial;
using DoorbellFace.Simulation.Pty;

namespace DoorbellFace.Testing;

/// <summary>The host's end of a pseudo-terminal.</summary>
public static class HostEnd
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Opens the port and lets the terminal notice it.</summary>
    public static async Task<SerialByteLink> OpenAsync(PseudoTerminal terminal, int baudRateBitsPerSecond)
    {
        SerialByteLink link = SerialByteLink.Open(terminal.PortPath, baudRateBitsPerSecond);
        await IsSeenAsync(terminal);
        return link;
    }

    /// <summary>Until the terminal has noticed that a program has opened its port.</summary>
    public static async Task IsSeenAsync(PseudoTerminal terminal)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!terminal.IsHostOpen)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
