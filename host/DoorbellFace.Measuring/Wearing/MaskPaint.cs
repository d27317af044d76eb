using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Measuring.Wearing;

/// <summary>A mask: pleated, of cloth (plain, striped or checked), or an FFP2 with its seam.</summary>
internal static class MaskPaint
{
    private static readonly PaintColour[] Pleated =
        [new(150, 190, 215), new(165, 205, 225), new(236, 240, 240), new(40, 42, 46), new(232, 190, 200), new(150, 200, 180)];

    private static readonly PaintColour[] Cloth =
        [new(34, 40, 62), new(28, 28, 30), new(120, 124, 130), new(140, 40, 46), new(70, 96, 74), new(214, 206, 190), new(70, 110, 160)];

    private static readonly PaintColour[] Firm = [new(242, 243, 240), new(242, 243, 240), new(34, 34, 36)];

    private enum Kind
    {
        Pleated,
        Cloth,
        Firm,
    }

    public static void Paint(FaceCanvas canvas, PaintRandom random)
    {
        Kind kind = random.Pick<Kind>([Kind.Pleated, Kind.Pleated, Kind.Cloth, Kind.Firm]);
        PaintColour colour = random.Pick<PaintColour>(kind switch { Kind.Pleated => Pleated, Kind.Cloth => Cloth, _ => Firm });
        float rise = random.Between(-0.06f, 0.06f), drop = random.Between(-0.06f, 0.08f), wide = random.Between(0.94f, 1.05f);
        HeadPoint[] half =
        [
            new(0.16f, 0.30f + rise, 0.26f), new(0.44f, 0.47f + rise, 0.12f), new(0.76f, 0.47f + rise, -0.1f),
            new(0.96f * wide, 0.42f + (rise / 2), -0.4f), new(0.99f * wide, 0.62f, -0.45f), new(0.95f * wide, 1.0f, -0.42f),
            new(0.83f * wide, 1.34f, -0.32f), new(0.60f, 1.62f + (drop / 2), -0.12f), new(0.30f, 1.79f + drop, 0.02f),
        ];
        HeadPoint[] around =
        [
            new(0, 0.22f + rise, 0.32f), .. half, new(0, 1.85f + drop, 0.08f), .. half.Reverse().Select(place => place.Mirrored),
        ];
        PaintLoops(canvas, wide, kind == Kind.Firm ? colour : colour.To(PaintColour.Gray(235), kind == Kind.Pleated ? 0.7f : 0));
        FaceOutline outline = canvas.Outline(around);
        canvas.Darken(outline, 0.07f, left: 0.72f);
        int folds = random.Pattern();
        Func<float, float, float> pattern = kind == Kind.Cloth ? Pattern(random) : (_, _) => 1;
        float[] pleats = [0.74f + random.Between(-0.03f, 0.03f), 0.98f, 1.22f + random.Between(-0.03f, 0.03f)];
        canvas.Fill(outline, depth: 0.4f, (u, v, deep) =>
        {
            float light = canvas.LightAt(u) * Form(u, v, canvas.Lean) * pattern(u, v);
            // Cloth creases along the pull of the loops: long from side to side, short up and down.
            float crease = Noise.Cloud(20 + (u * 2.2f) + (v * 0.8f), 20 + (v * 7) - (MathF.Abs(u) * 2.5f), folds);
            light *= 1 + (0.22f * (crease - 0.5f));
            light *= 1 + (0.05f * (Noise.Cell((int)(300 * (u + 4)), (int)(300 * (v + 4)), folds) - 0.5f));
            if (kind == Kind.Pleated) light *= Pleats(u, v, pleats);
            if (kind == Kind.Firm) light *= Seams(u, v);
            // The hem: a little lighter, and stitched down.
            if (deep < 0.055f) light *= 1.05f;
            light *= 1 - (0.16f * FaceCanvas.OnLine(deep - 0.06f, 0.012f));
            return (colour * light, 1);
        });
    }

    /// <summary>Nose, cheeks, mouth and chin under the cloth, and that it faces away at the sides.</summary>
    private static float Form(float u, float v, float lean)
    {
        float side = MathF.Min(1, MathF.Abs(u) / 1.05f);
        float form = 0.70f + (0.30f * MathF.Sqrt(1 - (0.9f * side * side)));
        // The nose is a ridge with a light and a dark flank, down to its tip.
        float ridge = FaceCanvas.Smooth(0.95f, 0.6f, v), flank = Math.Clamp(u / 0.22f, -1, 1) * MathF.Exp(-u * u / 0.09f);
        form *= 1 + (ridge * ((0.09f + (0.5f * MathF.Abs(lean))) * flank * (lean >= 0 ? 1 : -1)));
        form *= 1 + (0.07f * ridge * MathF.Exp(-u * u / 0.012f));
        // Hollow beneath the nose and beside it, full at the chin, in its own shadow below.
        form *= 1 - (0.10f * MathF.Exp((-u * u / 0.12f) - ((v - 0.82f) * (v - 0.82f) / 0.012f)));
        form *= 1 - (0.09f * MathF.Exp(-((MathF.Abs(u) - 0.42f) * (MathF.Abs(u) - 0.42f) / 0.02f) - ((v - 0.6f) * (v - 0.6f) / 0.03f)));
        form *= 1 + (0.06f * MathF.Exp((-u * u / 0.08f) - ((v - 1.45f) * (v - 1.45f) / 0.03f)));
        return form * (1 - (0.42f * FaceCanvas.Smooth(1.48f, 1.9f, v + (0.35f * u * u))));
    }

    private static float Pleats(float u, float v, float[] pleats)
    {
        float light = 1, bend = 0.10f * u * u;
        foreach (float pleat in pleats)
        {
            float from = v - pleat - bend;
            light *= 1 - (0.20f * FaceCanvas.OnLine(from, 0.014f));
            light *= 1 + (0.07f * FaceCanvas.OnLine(from - 0.03f, 0.02f));
        }
        // A wire is pressed round the nose.
        float wire = FaceCanvas.OnLine(v - 0.36f - (0.3f * MathF.Abs(u)), 0.014f) * FaceCanvas.Smooth(0.45f, 0.35f, MathF.Abs(u));
        return light * (1 - (0.08f * wire));
    }

    private static float Seams(float u, float v)
    {
        float light = 1 - (0.22f * FaceCanvas.OnLine(u, 0.013f));
        light *= 1 + (0.06f * FaceCanvas.OnLine(u - 0.03f, 0.02f));
        // Folded in three: the middle part stands out.
        light *= 1 - (0.12f * FaceCanvas.OnLine(v - 0.62f - (0.25f * MathF.Abs(u)), 0.012f));
        return light * (1 - (0.12f * FaceCanvas.OnLine(v - 1.34f + (0.25f * MathF.Abs(u)), 0.012f)));
    }

    private static Func<float, float, float> Pattern(PaintRandom random)
    {
        float size = random.Between(0.09f, 0.2f), contrast = random.Between(0.25f, 0.6f), turned = random.Between(0, MathF.PI);
        (float sin, float cos) = MathF.SinCos(turned);
        float Wave(float at) => FaceCanvas.Smooth(-0.25f, 0.25f, MathF.Sin(2 * MathF.PI * at / size));
        return random.Pick<int>([0, 0, 1, 2]) switch
        {
            1 => (u, v) => 1 + (contrast * (Wave((u * cos) + (v * sin)) - 0.5f)),
            2 => (u, v) => 1 + (contrast * (((Wave(u) + Wave(v)) / 2) - 0.5f)),
            _ => (_, _) => 1,
        };
    }

    private static void PaintLoops(FaceCanvas canvas, float wide, PaintColour colour)
    {
        foreach (float side in (float[])[-1, 1])
        {
            // The ear that the head turns away from the camera is not seen.
            if (canvas.Turn * side > 0.3f) continue;
            HeadPoint On(float u, float v, float depth) => new(side * u, v, depth);
            PaintColour lit = colour * canvas.LightAt(side * 0.9f);
            foreach (HeadPoint[] loop in (HeadPoint[][])[
                [On(0.93f * wide, 0.46f, -0.4f), On(1.06f, 0.3f, -0.65f), On(1.16f, 0.1f, -0.85f)],
                [On(0.86f * wide, 1.24f, -0.35f), On(1.02f, 0.95f, -0.65f), On(1.14f, 0.6f, -0.85f)]])
            {
                canvas.Stroke(canvas.Line(loop), 0.028f, lit, 0.9f);
            }
        }
    }
}
