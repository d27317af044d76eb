namespace DoorbellFace.Measuring.Wearing;

/// <summary>Dark glasses: two lenses in which the surroundings are reflected, their rims, the bridge and the arms.</summary>
internal static class DarkGlassesPaint
{
    private const int PointsAround = 20;

    private static readonly PaintColour[] Rims =
        [new(18, 18, 20), new(18, 18, 20), new(70, 44, 28), new(150, 150, 155), new(170, 140, 80), new(120, 30, 34)];

    private static readonly PaintColour[] Lenses = [new(16, 17, 19), new(22, 24, 26), new(36, 26, 20), new(20, 30, 26), new(24, 28, 44)];

    public static void Paint(FaceCanvas canvas, PaintRandom random)
    {
        PaintColour rim = random.Pick<PaintColour>(Rims), lens = random.Pick<PaintColour>(Lenses);
        var shape = new Shape(random.Between(0.37f, 0.44f), random.Between(0.28f, 0.36f), random.Between(0.55f, 1),
            random.Between(0, 0.25f));
        float thick = random.Between(0.03f, 0.09f), below = random.Between(0.02f, 0.1f);
        bool fades = random.Chance(0.35f);
        float opacity = random.Between(0.92f, 0.98f);
        var mirror = new Mirror(random.Between(-0.5f, 0.5f), random.Between(-0.25f, 0.25f), random.Between(0.05f, 0.14f),
            random.Between(18, 75), random.Between(10, 45));
        foreach (float side in (float[])[-1, 1])
        {
            if (canvas.Turn * side > 0.3f) continue;
            FaceOutline arm = canvas.Line(
                [new(side * 0.9f, below - 0.1f), new(side * 1.05f, below - 0.12f, -0.4f), new(side * 1.16f, below - 0.08f, -0.9f)]);
            canvas.Stroke(arm, MathF.Max(thick, 0.05f), rim * (0.8f * canvas.LightAt(side)));
        }
        foreach (float side in (float[])[-1, 1])
        {
            FaceOutline around = canvas.Outline(Places(side, below, shape, thick)), inside = canvas.Outline(Places(side, below, shape, 0));
            canvas.Darken(canvas.Outline(Places(side, below + 0.07f, shape, thick)), 0.07f, left: 0.62f);
            canvas.Fill(around, depth: 0.2f, (u, v, deep) =>
            {
                float gleam = MathF.Exp(-(deep - 0.02f) * (deep - 0.02f) / 0.0001f) * FaceCanvas.Smooth(0, -0.25f, v);
                return ((rim * canvas.LightAt(u) * (0.75f + (0.35f * FaceCanvas.Smooth(0.2f, -0.3f, v)))) + (40 * gleam), 1);
            });
            canvas.Fill(inside, depth: 0.2f, (u, v, deep) =>
            {
                float down = Math.Clamp((v - below + shape.HalfHeight) / (2 * shape.HalfHeight), 0, 1);
                PaintColour seen = (lens * (0.8f + (0.5f * down))) + (canvas.LightAt(u) * mirror.At(u - (side * 0.5f), v - below, down));
                seen *= 1 - (0.5f * FaceCanvas.Smooth(0.03f, 0, deep));
                return (seen, fades ? opacity - (0.22f * down * down) : opacity);
            });
        }
        float inner = 0.5f - shape.HalfWidth;
        FaceOutline bridge = canvas.Line([new(-inner, below - 0.08f, 0.2f), new(0, below - 0.15f, 0.3f), new(inner, below - 0.08f, 0.2f)]);
        canvas.Stroke(bridge, MathF.Max(thick, 0.04f), rim * canvas.LightAt(0));
    }

    /// <summary>A lens's rim: between a rectangle with round corners and an ellipse, and longer at the cheek's side.</summary>
    private static IEnumerable<HeadPoint> Places(float side, float below, Shape shape, float thick)
    {
        for (int i = 0; i < PointsAround; i++)
        {
            (float sin, float cos) = MathF.SinCos(2 * MathF.PI * i / PointsAround);
            float x = MathF.Sign(cos) * MathF.Pow(MathF.Abs(cos), shape.Roundness) * (shape.HalfWidth + thick);
            float y = MathF.Sign(sin) * MathF.Pow(MathF.Abs(sin), shape.Roundness) * (shape.HalfHeight + thick);
            // Lenses are lower on the outside below, and narrower towards the nose.
            if (y > 0) x *= 1 - (0.3f * shape.Droop * y / shape.HalfHeight);
            y += shape.Droop * x * 0.2f * (y > 0 ? 1 : 0);
            float u = side * (0.5f + x);
            yield return new HeadPoint(u, below + y, 0.25f - (0.35f * u * u));
        }
    }

    private readonly record struct Shape(float HalfWidth, float HalfHeight, float Roundness, float Droop);

    /// <summary>What is reflected: the sky above, and a bright streak such as a window or a lamp throws, in levels of gray.</summary>
    private readonly record struct Mirror(float Slope, float Offset, float Width, float Streak, float Sky)
    {
        public float At(float u, float v, float down)
        {
            float from = u - (Slope * v) - Offset;
            float streak = FaceCanvas.Smooth(Width, 0.6f * Width, MathF.Abs(from)) * FaceCanvas.Smooth(0.95f, 0.3f, down);
            return (Streak * streak) + (Sky * FaceCanvas.Smooth(0.5f, 0, down));
        }
    }
}
