using System.Globalization;
using System.Text;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// A picture in front of the simulated camera, and what each mode must make of it. The sensor's array is 640 x 480; a picture of 320 x 240
/// fills it two by two, so that every mode shows pixels of the picture itself.
/// </summary>
internal sealed class Scene : IDisposable
{
    private const int Width = 320, Height = 240;
    private readonly byte[] _rgb;

    private Scene(byte[] rgb, string path)
    {
        _rgb = rgb;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Noise with every value from 0 to 255 in it: what a codec or a capture gets wrong shows.</summary>
    public static Scene Noise(int seed)
    {
        var random = new Random(seed);
        byte[] rgb = new byte[Width * Height * 3];
        random.NextBytes(rgb);
        for (int i = 0; i < rgb.Length / 8; i++) rgb[random.Next(rgb.Length)] = 0;
        return Create(rgb);
    }

    /// <summary>One gray everywhere: a cap on the lens, a covered one.</summary>
    public static Scene Plain(byte level) => Create([.. Enumerable.Repeat(level, Width * Height * 3)]);

    /// <summary>
    /// Dark blocks on a light ground, seen through a lens that smears every point over so many pixels in each direction; 0: in focus.
    /// </summary>
    public static Scene Blocks(int smearedBy = 0)
    {
        int Level(int x, int y) => (Math.Clamp(x, 0, Width - 1) / 20 + (Math.Clamp(y, 0, Height - 1) / 20)) % 2 == 0 ? 50 : 200;
        byte[] gray = new byte[Width * Height];
        for (int i = 0; i < gray.Length; i++)
        {
            (int sum, int count) = (0, 0);
            for (int dy = -smearedBy; dy <= smearedBy; dy++)
            {
                for (int dx = -smearedBy; dx <= smearedBy; dx++)
                    (sum, count) = (sum + Level((i % Width) + dx, (i / Width) + dy), count + 1);
            }
            gray[i] = (byte)(sum / count);
        }
        return Create([.. gray.SelectMany(level => new[] { level, level, level })]);
    }

    private static Scene Create(byte[] rgb)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"doorbell-scene-{Guid.NewGuid():N}.ppm");
        using FileStream file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{Width} {Height}\n255\n")));
        file.Write(rgb);
        return new Scene(rgb, path);
    }

    /// <summary>What a frame of that size must hold, 00 as 01.</summary>
    public byte[] Expected(int width, int height, PixelFormat format)
    {
        int step = Width / width;
        var bytes = new List<byte>(width * height * format.BytesPerPixel());
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bytes.Add(Luma(x * step, y * step));
                if (format != PixelFormat.Yuv422) continue;
                int even = x / 2 * 2 * step; // the chroma of a pair is that of its first pixel
                bytes.Add(x % 2 == 0 ? Blue(even, y * step) : Red(even, y * step));
            }
        }
        return [.. bytes.Select(value => value == 0 ? (byte)1 : value)];
    }

    /// <summary>What a frame of that mode must hold.</summary>
    public byte[] Expected(int mode) => mode == ModeTable.Compressed
        ? ExpectedCompressed()
        : Expected(ModeTable.IsQvga(mode) ? 320 : 160, ModeTable.IsQvga(mode) ? 240 : 120,
            ModeTable.IsColour(mode) ? PixelFormat.Yuv422 : PixelFormat.Gray8);

    /// <summary>What a frame of mode 4 must hold.</summary>
    public byte[] ExpectedCompressed()
    {
        byte[] back = new byte[Width * Height], row = new byte[Width], packed = new byte[CompressedRow.Bytes(Width)];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++) row[x] = Luma(x, y);
            CompressedRow.Encode(row, packed);
            Assert.True(CompressedRow.TryDecode(packed, back.AsSpan(y * Width, Width)));
        }
        return back;
    }

    public void Dispose() => File.Delete(Path);

    private byte Luma(int x, int y) => Mix(x, y, 77, 150, 29, 0);

    private byte Blue(int x, int y) => Mix(x, y, -43, -85, 128, 128);

    private byte Red(int x, int y) => Mix(x, y, 128, -107, -21, 128);

    private byte Mix(int x, int y, int red, int green, int blue, int offset)
    {
        ReadOnlySpan<byte> pixel = _rgb.AsSpan(((y * Width) + x) * 3, 3);
        return (byte)Math.Clamp((((red * pixel[0]) + (green * pixel[1]) + (blue * pixel[2]) + 128) >> 8) + offset, 0, 255);
    }
}
