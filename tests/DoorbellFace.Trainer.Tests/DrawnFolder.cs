using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests;

/// <summary>
/// A folder of pictures that are easy to tell apart: each "person" is a pattern of bright spots of their own, each picture of them shifted,
/// lit and noisy in another way. Gone when disposed.
/// </summary>
internal sealed class DrawnFolder : IDisposable
{
    private const int Edge = 48;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("doorbell-drawn-");

    public string Path => _root.FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Draws <paramref name="count"/> pictures of somebody into folder/person.</summary>
    public DrawnFolder Add(string folder, string person, int count)
    {
        string target = System.IO.Path.Combine(Path, folder, person);
        Directory.CreateDirectory(target);
        for (int i = 0; i < count; i++) PictureFile.Write(System.IO.Path.Combine(target, $"{i:000}.png"), Draw(person, i));
        return this;
    }

    public void Dispose() => _root.Delete(recursive: true);

    public static PixelBuffer Draw(string person, int number)
    {
        int identity = person.Sum(letter => letter);
        var features = new SeededRandom(identity);
        var chance = new SeededRandom(identity, number);
        (float X, float Y)[] spots =
            [.. Enumerable.Range(0, 5).Select(_ => (features.Between(8, Edge - 8), features.Between(8, Edge - 8)))];
        float shiftX = chance.Between(-2, 2), shiftY = chance.Between(-2, 2), light = chance.Between(0.7f, 1.1f);
        var pixels = new byte[Edge * Edge];
        for (int i = 0; i < pixels.Length; i++)
        {
            float value = 60 + (6 * chance.Normal());
            foreach ((float x, float y) in spots)
            {
                float dx = (i % Edge) - x - shiftX, dy = (i / Edge) - y - shiftY;
                value += 150 * MathF.Exp(-((dx * dx) + (dy * dy)) / 18);
            }
            pixels[i] = (byte)Math.Clamp(value * light, 0, 255);
        }
        return new PixelBuffer(Edge, Edge, PixelFormat.Gray8, pixels);
    }
}
