using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Measuring.Wearing;

/// <summary>A cap: crown with its seams, peak, and the shadow of the peak on forehead and eyes.</summary>
internal static class CapPaint
{
    private static readonly PaintColour[] Colours =
        [new(30, 36, 60), new(26, 26, 28), new(150, 30, 36), new(110, 104, 78), new(226, 224, 216), new(44, 84, 60), new(120, 124, 130)];

    public static void Paint(FaceCanvas canvas, PaintRandom random)
    {
        PaintColour colour = random.Pick<PaintColour>(Colours);
        PaintColour peakColour = random.Chance(0.3f) ? random.Pick<PaintColour>(Colours) : colour;
        float low = random.Between(-0.05f, 0.1f), high = random.Between(-0.1f, 0.08f), bend = random.Between(0.04f, 0.16f);
        PaintShadow(canvas, low, random.Between(0.35f, 0.6f));
        PaintCrown(canvas, colour, low, high, random);
        PaintPeak(canvas, peakColour, low, bend, random.Pattern());
    }

    private static void PaintShadow(FaceCanvas canvas, float low, float left)
    {
        HeadPoint[] half =
            [new(0.45f, 0.16f + low, 0.1f), new(0.8f, 0.06f + low, -0.15f), new(1.02f, -0.3f, -0.4f), new(0.9f, -0.62f, -0.1f)];
        FaceOutline shadow =
            canvas.Outline([new(0, 0.2f + low, 0.3f), .. half, new(0, -0.7f, 0.2f), .. half.Reverse().Select(place => place.Mirrored)]);
        canvas.Darken(shadow, 0.16f, left);
    }

    private static void PaintCrown(FaceCanvas canvas, PaintColour colour, float low, float high, PaintRandom random)
    {
        HeadPoint[] half =
        [
            new(0.42f, -2.02f + high, -0.5f), new(0.88f, -1.80f + high, -0.5f), new(1.18f, -1.36f, -0.5f), new(1.27f, -0.86f, -0.5f),
            new(1.22f, -0.38f + low, -0.5f), new(1.05f, -0.42f + low, -0.3f), new(0.72f, -0.56f + low, 0.05f),
            new(0.36f, -0.62f + low, 0.18f),
        ];
        FaceOutline outline = canvas.Outline(
            [new(0, -2.08f + high, -0.5f), .. half, new(0, -0.64f + low, 0.2f), .. half.Reverse().Select(place => place.Mirrored)]);
        canvas.Darken(outline, 0.07f, left: 0.75f);
        int weave = random.Pattern();
        bool emblem = random.Chance(0.5f);
        PaintColour badge = random.Pick<PaintColour>(Colours);
        float badgeWidth = random.Between(0.14f, 0.26f), badgeHeight = random.Between(0.12f, 0.2f);
        canvas.Fill(outline, depth: 0.1f, (u, v, deep) =>
        {
            float across = Math.Clamp(u / 1.3f, -1, 1), up = Math.Clamp((v + 1.15f) / 1.05f, -1, 1);
            float facing = MathF.Sqrt(MathF.Max(0.05f, 1 - (0.8f * across * across) - (0.45f * up * up)));
            float light = canvas.LightAt(u) * (0.52f + (0.40f * facing) - (0.14f * up));
            light *= 1 + (0.16f * (Noise.Cloud(20 + (u * 2.4f), 20 + (v * 2.4f), weave) - 0.5f));
            light *= 1 + (0.06f * (Noise.Cell((int)(250 * (u + 4)), (int)(250 * (v + 4)), weave) - 0.5f));
            // Panels meet in seams that run to the button on top.
            float top = Math.Clamp((v + 2.1f) / 1.4f, 0, 1), seam = 0.8f * MathF.Sqrt(top);
            light *= 1 - (0.25f * FaceCanvas.OnLine(u, 0.012f)) - (0.22f * FaceCanvas.OnLine(MathF.Abs(u) - seam, 0.014f));
            light *= 1 - (0.30f * FaceCanvas.Smooth(0.08f, 0, deep));
            PaintColour cloth = colour;
            if (emblem)
            {
                float x = u / badgeWidth, y = (v + 1.25f) / badgeHeight, edge = (x * x * x * x) + (y * y * y * y);
                cloth = colour.To(badge + 25, 0.85f * FaceCanvas.Smooth(1.12f, 0.95f, edge));
                light *= 1 - (0.3f * FaceCanvas.OnLine(edge - 0.75f, 0.07f));
            }
            return (cloth * light, 1);
        });
        FaceOutline button = canvas.Outline(Ellipse(0, -2.07f + high, 0.09f, 0.045f, -0.5f));
        canvas.Fill(button, depth: 0, (_, _, _) => (colour * (0.9f * canvas.LightAt(0)), 1));
    }

    private static void PaintPeak(FaceCanvas canvas, PaintColour colour, float low, float bend, int weave)
    {
        HeadPoint[] upper = [new(0.5f, -0.82f + low, 0.3f), new(0.84f, -0.66f + low, 0.15f)];
        HeadPoint[] rim =
        [
            new(1.0f, -0.42f + low + (0.5f * bend), 0.55f), new(0.72f, -0.36f + low + (0.2f * bend), 0.85f),
            new(0.36f, -0.36f + low - (0.4f * bend), 1.0f),
        ];
        HeadPoint middle = new(0, -0.36f + low - (0.6f * bend), 1.05f);
        FaceOutline outline = canvas.Outline(
        [
            new(0, -0.88f + low, 0.35f), .. upper, .. rim, middle, .. rim.Reverse().Select(place => place.Mirrored),
            .. upper.Reverse().Select(place => place.Mirrored),
        ]);
        canvas.Darken(outline, 0.09f, left: 0.45f);
        canvas.Fill(outline, depth: 0.6f, (u, v, deep) =>
        {
            float front = FaceCanvas.Smooth(-0.88f + low, -0.4f + low, v);
            // Light from above falls on the peak, less where it bends down at the sides and where it comes out of the crown.
            float light = canvas.LightAt(u) * (0.62f + (0.50f * front)) * (1 - (0.30f * Math.Clamp(u * u, 0, 1)));
            light *= 1 + (0.12f * (Noise.Cloud(20 + (u * 3), 20 + (v * 3), weave) - 0.5f));
            light *= 1 - (0.14f * FaceCanvas.OnLine(deep - 0.06f, 0.01f)) - (0.10f * FaceCanvas.OnLine(deep - 0.11f, 0.01f));
            return (colour * light, 1);
        });
        // Its thickness, seen from the front, in its own shadow.
        FaceOutline front = canvas.Line([.. rim.Select(place => place.Mirrored), middle, .. rim.Reverse()]);
        canvas.Stroke(front, 0.05f, colour * (0.38f * canvas.LightAt(0)));
    }

    private static IEnumerable<HeadPoint> Ellipse(float u, float v, float halfWidth, float halfHeight, float depth) =>
        Enumerable.Range(0, 10).Select(i =>
        {
            (float sin, float cos) = MathF.SinCos(2 * MathF.PI * i / 10);
            return new HeadPoint(u + (halfWidth * cos), v + (halfHeight * sin), depth);
        });
}
