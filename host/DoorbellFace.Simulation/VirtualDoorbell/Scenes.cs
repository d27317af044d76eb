using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>What the virtual doorbell looks at.</summary>
public static class Scenes
{
    /// <summary>The pictures one after the other, one for each frame, and again from the first.</summary>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    public static Func<PixelBuffer> Cycle(IReadOnlyList<PixelBuffer> pictures)
    {
        if (pictures.Count == 0) throw new ArgumentException("A scene needs at least one picture.", nameof(pictures));
        int next = 0;
        return () => pictures[next++ % pictures.Count];
    }

    /// <summary>Nobody at the door: a wall under evening light, brighter above, and a darker floor.</summary>
    public static PixelBuffer EmptyPorch { get; } = DrawEmptyPorch(320, 240);

    private static PixelBuffer DrawEmptyPorch(int width, int height)
    {
        var pixels = new byte[width * height];
        int floor = height * 4 / 5;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int wall = 150 - (50 * y / height) - (Math.Abs(x - (width / 2)) * 40 / width);
                pixels[(y * width) + x] = (byte)(y < floor ? wall : 60 + ((y - floor) * 30 / (height - floor)));
            }
        }
        return new PixelBuffer(width, height, PixelFormat.Gray8, pixels);
    }
}
