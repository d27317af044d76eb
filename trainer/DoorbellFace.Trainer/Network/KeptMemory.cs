using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Tells the C library to keep the memory of tensors that are gone for those that come. As it comes, it gives every large one back to the
/// system, which hands out new memory page by page, each filled with zeros: a million pages in six steps of ResNet18, and a sixth of the time
/// (docs/results/paper.md). Python's torch does the same with the same library.
/// </summary>
internal static partial class KeptMemory
{
    /// <summary>mallopt(3): from how many free bytes at its end on memory is given back, and how many pieces may be asked of the system directly.</summary>
    private const int TrimThreshold = -1, MostDirectPieces = -4;

    /// <summary>A user's own MALLOC_ variables have been read by then, and are overruled.</summary>
    [ModuleInitializer]
    internal static void Keep()
    {
        _ = SetOption(MostDirectPieces, 0);
        _ = SetOption(TrimThreshold, int.MaxValue);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
