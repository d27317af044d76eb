using System.Runtime.InteropServices;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Tells the C library to keep the memory of tensors that are gone for those that come. As it comes, it gives every large piece back to the
/// system, which hands out new memory page by page, each filled with zeros: 113,000 pages in a step of ResNet18, and a sixth of its time
/// (docs/results/paper.md).
/// </summary>
internal static partial class KeptMemory
{
    /// <summary>mallopt(3): its numbers for what can be set.</summary>
    private const int TrimThreshold = -1, DirectThreshold = -3, MostDirectPieces = -4;

    /// <summary>
    /// Where pieces of this size or more, in bytes, are asked of the system directly: the largest that the C library takes, and its own
    /// number of them at once.
    /// </summary>
    private const int LargePiece = 32 << 20, ManyPieces = 65536;

    /// <summary>
    /// A network of more weights than this has single layers of hundreds of megabytes, and what they leave behind is too small for the next
    /// of them as soon as something lies in it: VGG16 would hold 3.8 GB instead of 3.4.
    /// </summary>
    private const long MostWeights = 100_000_000;

    /// <summary>Whether large pieces are kept, too, and not the small ones only.</summary>
    public static bool OfLargePieces { get; private set; }

    /// <summary>
    /// To be called first in a program; it holds until a network says otherwise. A user's own MALLOC_ variables have been read by then, and
    /// are overruled.
    /// </summary>
    public static void Keep()
    {
        _ = SetOption(TrimThreshold, int.MaxValue);
        _ = SetOption(DirectThreshold, LargePiece);
        Keep(largePieces: true);
    }

    /// <summary>As is best for training this network.</summary>
    public static void For(Module network) => Keep(largePieces: network.parameters().Sum(weights => weights.numel()) <= MostWeights);

    /// <summary>Gives back what is kept: another network comes, whose tensors are of other sizes.</summary>
    public static void GiveBack() => _ = Trim(0);

    private static void Keep(bool largePieces)
    {
        OfLargePieces = largePieces;
        _ = SetOption(MostDirectPieces, largePieces ? 0 : ManyPieces);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keepAtEnd);
}
