namespace DoorbellFace.Measuring.Wearing;

/// <summary>A colour or a light, 0 (black) to 255 (white) each; between and beyond while it is worked with.</summary>
internal readonly record struct PaintColour(float Red, float Green, float Blue)
{
    public static PaintColour Gray(float level) => new(level, level, level);

    public static PaintColour operator *(PaintColour colour, float factor) =>
        new(colour.Red * factor, colour.Green * factor, colour.Blue * factor);

    public static PaintColour operator +(PaintColour colour, float levels) =>
        new(colour.Red + levels, colour.Green + levels, colour.Blue + levels);

    /// <summary>Part of the way to another colour, 0 to 1.</summary>
    public PaintColour To(PaintColour other, float part) =>
        new(Red + (part * (other.Red - Red)), Green + (part * (other.Green - Green)), Blue + (part * (other.Blue - Blue)));

    /// <summary>Its luma.</summary>
    public float Luma => (0.299f * Red) + (0.587f * Green) + (0.114f * Blue);
}
