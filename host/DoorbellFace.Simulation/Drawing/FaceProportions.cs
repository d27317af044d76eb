namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// Where everything lies in one person's face, in head units: x to the picture's right from the middle, y down, z forward, the distance
/// from crown to chin is 2 (crown -1, eyes about 0, chin 1). Classic drawing proportions: eyes half way, thirds from hairline to brow,
/// nose, chin.
/// </summary>
internal sealed class FaceProportions
{
    /// <summary>Chin to hairline of an average grown-up head, in head units.</summary>
    public const float FaceHeight = 1.62f;

    public FaceProportions(DrawnPerson person, DrawnScene scene)
    {
        float child = person.Childlike;
        EyeY = (0.09f * child) - (0.035f * person.EyeHeight);
        EyeX = 0.285f + (0.04f * person.EyeSpacing) + (0.012f * person.HeadWidth) + (0.01f * child);
        EyeHalfWidth = 0.128f + (0.02f * person.EyeSize) + (0.018f * child);
        EyeHalfHeight = 0.06f + (0.014f * person.EyeSize) + (0.016f * child);
        IrisRadius = 0.062f + (0.005f * person.EyeSize) + (0.009f * child);
        EyeSlant = 0.035f * person.EyeSlant;
        BrowY = EyeY - 0.168f - (0.035f * person.BrowHeight) - (0.02f * child);
        NoseBaseY = 0.42f + (0.06f * person.NoseLength) - (0.015f * child);
        NoseHalfWidth = 0.125f + (0.03f * person.NoseWidth) - (0.015f * child);
        NoseHeight = 0.2f + (0.055f * person.NoseProminence) - (0.06f * child);
        MouthY = 0.635f + (0.02f * person.NoseLength) + (0.015f * child);
        MouthHalfWidth =
            (0.225f + (0.05f * person.MouthWidth) - (0.02f * child)) * (1 + (0.17f * MathF.Max(scene.Smile, -0.3f))
                - (0.1f * scene.MouthOpen));
        LipHeight = 0.055f + (0.022f * person.LipFullness);
        MouthCurve = 0.075f * scene.Smile;
        JawDrop = 0.16f * scene.MouthOpen;
        MouthGap = (0.055f * scene.MouthOpen) + (0.02f * MathF.Max(0, scene.Smile - 0.45f));
        EyesOpen = scene.EyesOpen * (1 - (0.12f * MathF.Max(0, scene.Smile)));
        HairlineY = -0.6f - (0.1f * person.Hairline) + (0.02f * child);
    }

    public float EyeX { get; }

    public float EyeY { get; }

    public float EyeHalfWidth { get; }

    /// <summary>From the line between the corners to the upper lid, wide awake.</summary>
    public float EyeHalfHeight { get; }

    public float IrisRadius { get; }

    /// <summary>How much higher the outer corner lies than the inner one, half of it.</summary>
    public float EyeSlant { get; }

    public float BrowY { get; }

    public float NoseBaseY { get; }

    public float NoseHalfWidth { get; }

    public float NoseHeight { get; }

    public float MouthY { get; }

    public float MouthHalfWidth { get; }

    /// <summary>Height of each lip at its fullest.</summary>
    public float LipHeight { get; }

    /// <summary>How much higher the corners of the mouth lie than its middle.</summary>
    public float MouthCurve { get; }

    /// <summary>How far the chin is lowered.</summary>
    public float JawDrop { get; }

    /// <summary>Height of the opening between the lips, before the jaw drops.</summary>
    public float MouthGap { get; }

    /// <summary>0 shut, 1 wide awake.</summary>
    public float EyesOpen { get; }

    public float HairlineY { get; }

    /// <summary>Height of the line between the lips at a place across the mouth.</summary>
    public float MouthLine(float x)
    {
        float across = x / MouthHalfWidth;
        return MouthY - (MouthCurve * MathF.Min(across * across, 1.4f));
    }
}
