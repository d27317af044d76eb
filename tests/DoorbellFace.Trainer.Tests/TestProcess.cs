using System.Runtime.CompilerServices;
using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Tests;

/// <summary>The tests compute in a process that is set up as the trainer's own is.</summary>
internal static class TestProcess
{
#pragma warning disable CA2255 // There is no Main of ours in a test process.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Begin()
    {
        WaitingThreads.Sleep();
        KeptMemory.Keep();
    }
}
