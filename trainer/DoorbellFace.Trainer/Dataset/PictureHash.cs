using System.Numerics;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// A picture as 256 bits, of which a copy that was resized, recompressed or made brighter changes few: the picture is reduced to 17 x 16
/// gray pixels, and each bit says whether a pixel is brighter than its left neighbour ("difference hash").
/// </summary>
internal readonly record struct PictureHash
{
    /// <summary>
    /// Photos that differ in no more bits are one photo. Measured on 18,789 pairs of photos of one person (LFW-15, fivecelebs): two pairs
    /// are one moment, at 17 and 27 bits; the next are other moments of one sitting, at 44 and more; one pair in a thousand lies below 67.
    /// Copies differ by up to 25 bits (half the size), 27 (JPEG quality 40), 33 (a third brighter, 95 of 100), 44 (cut by 3 % on every
    /// side, half of them: not all are found).
    /// </summary>
    public const int SamePhoto = 36;

    /// <summary>
    /// Face crops that differ in no more bits may be of one moment and must not be on both sides of a split. Among 4,500 pairs of crops of
    /// one person 2 lie below; crops of different people come down to 56.
    /// </summary>
    public const int SameMoment = 48;

    private const int Edge = 16, BitsPerWord = 64;

    private readonly ulong _a, _b, _c, _d;

    private PictureHash(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>The hash of a picture in any format.</summary>
    public static PictureHash Of(PixelBuffer picture)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        var map = new AffineTransform((float)gray.Width / (Edge + 1), 0, 0, 0, (float)gray.Height / Edge, 0);
        PixelBuffer small = AffineSampler.Sample(gray, map, Edge + 1, Edge);
        Span<ulong> words = stackalloc ulong[4];
        for (int i = 0; i < Edge * Edge; i++)
        {
            ReadOnlySpan<byte> row = small.Row(i / Edge);
            if (row[(i % Edge) + 1] > row[i % Edge]) words[i / BitsPerWord] |= 1UL << (i % BitsPerWord);
        }
        return new PictureHash(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Bits in which both differ, 0 to 256.</summary>
    public int DistanceTo(PictureHash other) =>
        BitOperations.PopCount(_a ^ other._a) + BitOperations.PopCount(_b ^ other._b) + BitOperations.PopCount(_c ^ other._c)
            + BitOperations.PopCount(_d ^ other._d);

    /// <summary>64 hex digits.</summary>
    public override string ToString() => $"{_a:x16}{_b:x16}{_c:x16}{_d:x16}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PictureHash Parse(string text)
    {
        if (text.Length != 64) throw new FormatException($"A picture's hash has 64 hex digits; this has {text.Length}.");
        ulong Word(int index) =>
            ulong.Parse(text.AsSpan(16 * index, 16), System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture);
        return new PictureHash(Word(0), Word(1), Word(2), Word(3));
    }
}
