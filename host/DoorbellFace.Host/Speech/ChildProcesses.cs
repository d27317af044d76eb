using System.ComponentModel;
using System.Diagnostics;

namespace DoorbellFace.Host.Speech;

/// <summary>What the two programs we call have in common.</summary>
internal static class ChildProcesses
{
    /// <summary>Stops a process at once; one that has ended already is left alone.</summary>
    public static void Stop(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It ended between our decision and the call: what we wanted.
        }
    }
}
