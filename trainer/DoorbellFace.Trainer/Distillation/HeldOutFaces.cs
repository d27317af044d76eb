using System.Security.Cryptography;
using System.Text;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// Who of a harvest is never learnt from, neither in a photo nor in a mixture, to see how well what was learnt holds for people never seen.
/// </summary>
internal static class HeldOutFaces
{
    /// <summary>One person in so many is held out.</summary>
    private const int OneIn = 50;

    /// <summary>By person where the set has names, else by photo; the same in every run.</summary>
    public static bool Contains(HarvestedFace face) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(face.Person ?? face.Photo))) % OneIn == 0;
}
