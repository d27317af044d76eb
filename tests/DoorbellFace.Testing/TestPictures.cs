using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Testing;

/// <summary>Pictures made with fixed seeds.</summary>
public static class TestPictures
{
    public static PixelBuffer Random(int width, int height, int seed, PixelFormat format = PixelFormat.Gray8)
    {
        var pixels = new byte[width * height * format.BytesPerPixel()];
        new Random(seed).NextBytes(pixels);
        return new PixelBuffer(width, height, format, pixels);
    }

    public static PixelBuffer Plain(int width, int height, byte value, PixelFormat format = PixelFormat.Gray8)
    {
        var pixels = new byte[width * height * format.BytesPerPixel()];
        Array.Fill(pixels, value);
        return new PixelBuffer(width, height, format, pixels);
    }

    /// <summary>The bytes as they arrive: 0 has become 1.</summary>
    public static byte[] AsSent(PixelBuffer picture) => [.. picture.Pixels.ToArray().Select(pixel => Math.Max(pixel, (byte)1))];
}
