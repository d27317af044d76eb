using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces.Haar;

/// <summary>A Gray8 picture and its halves, each pixel the mean of four, so that sampling with any step up to 16 skips no detail.</summary>
internal sealed class HalvedPictures
{
    private const int Smallest = 20, MaxHalvings = 4;

    private readonly List<PixelBuffer> _levels;

    public HalvedPictures(PixelBuffer gray)
    {
        _levels = [gray];
        while (_levels.Count <= MaxHalvings && Math.Min(_levels[^1].Width, _levels[^1].Height) / 2 >= Smallest)
            _levels.Add(Halve(_levels[^1]));
    }

    /// <summary>Of the picture itself, in pixels.</summary>
    public int ShorterSide => Math.Min(_levels[0].Width, _levels[0].Height);

    /// <summary>The picture to sample from at a step of so many pixels, and how many times it is smaller than the original.</summary>
    public (PixelBuffer Picture, float Factor) For(float step)
    {
        int level = 0;
        while (level + 1 < _levels.Count && step >= 1.8f * (1 << level)) level++;
        return (_levels[level], 1 << level);
    }

    private static PixelBuffer Halve(PixelBuffer gray)
    {
        int width = gray.Width / 2, height = gray.Height / 2;
        var half = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> upper = gray.Row(2 * y), lower = gray.Row((2 * y) + 1);
            Span<byte> target = half.AsSpan(y * width, width);
            for (int x = 0; x < target.Length; x++)
                target[x] = (byte)((upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1] + 2) >> 2);
        }
        return new PixelBuffer(width, height, PixelFormat.Gray8, half);
    }
}
