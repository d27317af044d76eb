using System.Runtime.InteropServices;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Tells torch's threads to sleep, not to spin, while they wait for each other. On a machine that does something else besides, spinners
/// hold the cores that the workers need: a training step of 32 crops of 112 pixels took 9.5 s spinning and 3.2 s sleeping on 2 busy cores.
/// </summary>
internal static partial class WaitingThreads
{
    /// <summary>
    /// To be called before torch's OpenMP library is loaded, which reads its settings once: first in a program. Straight into the C
    /// library's environment: .NET's own copy of the environment never reaches native code. A setting that the user has made stays.
    /// </summary>
    public static void Sleep() => _ = SetVariable("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
