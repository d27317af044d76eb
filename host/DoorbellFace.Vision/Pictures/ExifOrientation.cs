using System.Runtime.InteropServices;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision.Pictures;

/// <summary>Turns and mirrors pictures as EXIF says (tag 0x0112), for every decoder alike.</summary>
internal static class ExifOrientation
{
    /// <summary>Whether the number asks for a quarter turn, so that width and height change places.</summary>
    public static bool SwapsSides(int orientation) => orientation is >= 5 and <= 8;

    /// <summary>The upright picture.</summary>
    /// <param name="stored">Rgb24.</param>
    /// <param name="orientation">1 to 8; anything else counts as 1.</param>
    public static PixelBuffer Upright(PixelBuffer stored, int orientation)
    {
        if (orientation is < 2 or > 8) return stored;
        int width = SwapsSides(orientation) ? stored.Height : stored.Width, height = SwapsSides(orientation) ? stored.Width : stored.Height;
        var pixels = new byte[stored.Pixels.Length];
        ReadOnlySpan<Rgb> from = MemoryMarshal.Cast<byte, Rgb>(stored.Pixels);
        Span<Rgb> to = MemoryMarshal.Cast<byte, Rgb>(pixels.AsSpan());
        // Where the upright picture's first pixel is stored, and how far apart its neighbours to the right and below are.
        int last = stored.Width - 1, bottom = (stored.Height - 1) * stored.Width, row = stored.Width;
        (int start, int right, int down) = orientation switch
        {
            2 => (last, -1, row),
            3 => (bottom + last, -1, -row),
            4 => (bottom, 1, -row),
            5 => (0, row, 1),
            6 => (bottom, -row, 1),
            7 => (bottom + last, -row, -1),
            _ => (last, row, -1),
        };
        for (int y = 0; y < height; y++)
        {
            Span<Rgb> target = to.Slice(y * width, width);
            for (int x = 0, source = start + (y * down); x < width; x++, source += right) target[x] = from[source];
        }
        return new PixelBuffer(width, height, PixelFormat.Rgb24, pixels);
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Rgb
    {
        private readonly byte _red, _green, _blue;
    }
}
