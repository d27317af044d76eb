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
        float share = 1f / (samplesPerSide * samplesPerSide);
        int written = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Point3 shown = Pixel(depths, x, y, samplesPerSide, out int bare);
                if (bare > 0) shown += Film(_backdrop.At((x + 0.5f) / height, (y + 0.5f) / height)) * bare;
                pixels[written++] = ToByte(shown.X * share);
                pixels[written++] = ToByte(shown.Y * share);
                pixels[written++] = ToByte(shown.Z * share);
            }
        }
        return new PixelBuffer(width, height, PixelFormat.Rgb24, pixels);
    }

    /// <summary>
    /// Sum over the samples of a pixel that show a surface; <paramref name="bare"/> counts the others. Every sample is painted, but
    /// neighbours on one surface are lit together: paint has fine detail, light has not, and it costs the most.
    /// </summary>
    private Point3 Pixel(DepthBuffer depths, int x, int y, int samplesPerSide, out int bare)
    {
        Point3 sum = default;
        Lump lump = default;
        bare = 0;
        for (int row = y * samplesPerSide; row < (y + 1) * samplesPerSide; row++)
        {
            for (int column = x * samplesPerSide; column < (x + 1) * samplesPerSide; column++)
            {
                if (!depths.TryGet(column, row, out int mesh, out int triangle, out float second, out float third))
                {
                    bare++;
                    continue;
                }
                if (lump.Count > 0 && lump.Mesh != mesh)
                {
                    sum += Lit(lump);
                    lump = default;
                }
                lump.Mesh = mesh;
                Add(ref lump, _surfaces[mesh], triangle, second, third);
            }
        }
        return lump.Count > 0 ? sum + Lit(lump) : sum;
    }

    private void Add(ref Lump lump, PlacedMesh surface, int triangle, float second, float third)
    {
        Mesh mesh = surface.Mesh;
        int a = mesh.Corners[3 * triangle], b = mesh.Corners[(3 * triangle) + 1], c = mesh.Corners[(3 * triangle) + 2];
        float first = 1 - second - third;
        Point3 paint = Blend(mesh.Paint), normal = Blend(surface.Normals);
        bool fromInside = normal.Z < 0;
        Surface spot = mesh.Material switch
        {
            Material.Skin => _skin.Head(paint),
            Material.Ear => _skin.Ear(paint),
            Material.Neck => _skin.Neck(paint),
            Material.Hair => fromInside ? _other.Hair(paint).Darkened(0.6f) : _other.Hair(paint),
            Material.Clothes => _other.Clothes(paint),
            _ => _other.Frame(),
        };
        lump.Count++;
        lump.Place += Blend(surface.Places);
        lump.Normal += fromInside ? normal * -1 : normal;
        lump.Albedo += spot.Albedo;
        lump.Gloss += spot.Gloss;
        lump.Flat += spot.Flat;

        Point3 Blend(Point3[] values) => (values[a] * first) + (values[b] * second) + (values[c] * third);
    }

    private Point3 Lit(in Lump lump)
    {
        float share = 1f / lump.Count;
        bool bleeds = _surfaces[lump.Mesh].Mesh.Material is Material.Skin or Material.Ear or Material.Neck;
        var surface = new Surface(lump.Albedo * share, lump.Gloss * share, lump.Flat * share);
        return Film(_lighting.Shade(surface, lump.Place * share, lump.Normal.Normalized(), bleeds)) * lump.Count;
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

    /// <summary>Samples of one pixel on one surface, summed.</summary>
    private struct Lump
    {
        public int Mesh;
        public int Count;
        public Point3 Place;
        public Point3 Normal;
        public Point3 Albedo;
        public float Gloss;
        public float Flat;
    }
}
