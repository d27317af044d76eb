using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Brings surfaces, paint and light together into pixels.</summary>
internal sealed class Canvas
{
    private readonly List<PlacedMesh> _surfaces;
    private readonly Lighting _lighting;
    private readonly SkinPaint _skin;
    private readonly OtherPaint _other;
    private readonly BackdropPaint _backdrop;

    public Canvas(List<PlacedMesh> surfaces, Lighting lighting, SkinPaint skin, OtherPaint other, BackdropPaint backdrop)
    {
        _surfaces = surfaces;
        _lighting = lighting;
        _skin = skin;
        _other = other;
        _backdrop = backdrop;
    }

    /// <summary>Draws everything, with samplesPerSide x samplesPerSide samples in each pixel.</summary>
    public PixelBuffer Draw(int width, int height, int samplesPerSide)
    {
        using var depths = new DepthBuffer(width * samplesPerSide, height * samplesPerSide);
        for (int i = 0; i < _surfaces.Count; i++) depths.Draw(_surfaces[i], i, samplesPerSide);
        var pixels = new byte[width * height * 3];
        int samples = samplesPerSide * samplesPerSide, written = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Point3 sum = default;
                int bare = 0;
                for (int row = y * samplesPerSide; row < (y + 1) * samplesPerSide; row++)
                {
                    for (int column = x * samplesPerSide; column < (x + 1) * samplesPerSide; column++)
                    {
                        if (depths.TryGet(column, row, out int mesh, out int triangle, out float second, out float third))
                            sum += Film(Light(_surfaces[mesh], triangle, second, third));
                        else
                            bare++;
                    }
                }
                if (bare > 0) sum += Film(_backdrop.At((x + 0.5f) / height, (y + 0.5f) / height)) * bare;
                pixels[written++] = ToByte(sum.X / samples);
                pixels[written++] = ToByte(sum.Y / samples);
                pixels[written++] = ToByte(sum.Z / samples);
            }
        }
        return new PixelBuffer(width, height, PixelFormat.Rgb24, pixels);
    }

    private Point3 Light(PlacedMesh surface, int triangle, float second, float third)
    {
        Mesh mesh = surface.Mesh;
        int a = mesh.Corners[3 * triangle], b = mesh.Corners[(3 * triangle) + 1], c = mesh.Corners[(3 * triangle) + 2];
        float first = 1 - second - third;
        Point3 Blend(Point3[] values) => (values[a] * first) + (values[b] * second) + (values[c] * third);
        Point3 paint = Blend(mesh.Paint), place = Blend(surface.Places), normal = Blend(surface.Normals).Normalized();
        bool fromInside = normal.Z < 0;
        if (fromInside) normal *= -1;
        Surface spot = mesh.Material switch
        {
            Material.Skin => _skin.Head(paint),
            Material.Ear => _skin.Ear(paint),
            Material.Neck => _skin.Neck(paint),
            Material.Hair => fromInside ? _other.Hair(paint).Darkened(0.6f) : _other.Hair(paint),
            Material.Clothes => _other.Clothes(paint),
            _ => _other.Frame(),
        };
        return _lighting.Shade(spot, place, normal, mesh.Material is Material.Skin or Material.Ear or Material.Neck);
    }

    /// <summary>From light to what the picture shows: gamma 2, and bright light runs softly into white.</summary>
    private static Point3 Film(Point3 light) => new(Film(light.X), Film(light.Y), Film(light.Z));

    private static float Film(float light)
    {
        float shown = MathF.Sqrt(MathF.Max(0, light));
        if (shown <= 0.8f) return shown;
        float over = shown - 0.8f;
        return 0.8f + (0.2f * over / (over + 0.2f));
    }

    private static byte ToByte(float shown) => (byte)Math.Clamp((int)((shown * 255) + 0.5f), 0, 255);
}
