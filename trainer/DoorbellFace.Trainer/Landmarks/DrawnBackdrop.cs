using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>
/// Pictures of nothing: a slope of light with edges, discs, stripes and noise on it, as walls, doors, leaves and clothes have.
/// </summary>
internal static class DrawnBackdrop
{
    /// <summary>Draws one, Gray8.</summary>
    /// <param name="edge">Its edge in pixels.</param>
    /// <param name="random">Where all chance comes from.</param>
    public static PixelBuffer Draw(int edge, SeededRandom random)
    {
        var light = new float[edge * edge];
        float level = random.Between(20, 235), slopeX = random.Between(-1, 1) * 80 / edge, slopeY = random.Between(-1, 1) * 80 / edge;
        for (int i = 0; i < light.Length; i++)
            light[i] = level + (slopeX * ((i % edge) - (edge / 2f))) + (slopeY * ((i / edge) - (edge / 2f)));
        for (int shapes = random.Below(7); shapes > 0; shapes--) AddShape(light, edge, random);
        if (random.Chance(0.3f)) AddStripes(light, edge, random);
        float noise = random.Chance(0.5f) ? random.Between(0, 25) : 0;
        var pixels = new byte[light.Length];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)Math.Clamp(light[i] + (noise > 0 ? noise * random.Normal() : 0), 0, 255);
        return new PixelBuffer(edge, edge, PixelFormat.Gray8, pixels);
    }

    /// <summary>A disc or a bar, with a soft edge.</summary>
    private static void AddShape(float[] light, int edge, SeededRandom random)
    {
        bool disc = random.Chance(0.5f);
        float x = random.Between(0, edge), y = random.Between(0, edge), width = random.Between(0.03f, 0.5f) * edge,
            height = random.Between(0.03f, 0.5f) * edge;
        float strength = random.Between(-120, 120), softness = random.Between(0.5f, 4);
        (float sin, float cos) = MathF.SinCos(random.Between(0, MathF.PI));
        for (int i = 0; i < light.Length; i++)
        {
            float dx = (i % edge) - x, dy = (i / edge) - y, u = MathF.Abs((dx * cos) + (dy * sin)) / width,
                v = MathF.Abs((dy * cos) - (dx * sin)) / height;
            float outside = ((disc ? MathF.Sqrt((u * u) + (v * v)) : MathF.Max(u, v)) - 1) * MathF.Min(width, height) / softness;
            light[i] += strength / (1 + MathF.Exp(Math.Clamp(outside, -20, 20)));
        }
    }

    private static void AddStripes(float[] light, int edge, SeededRandom random)
    {
        float strength = random.Between(5, 50), frequency = random.Between(0.1f, 1.5f), phase = random.Between(0, 6);
        (float sin, float cos) = MathF.SinCos(random.Between(0, MathF.PI));
        for (int i = 0; i < light.Length; i++)
            light[i] += strength * MathF.Sin((frequency * (((i % edge) * cos) + ((i / edge) * sin))) + phase);
    }
}
