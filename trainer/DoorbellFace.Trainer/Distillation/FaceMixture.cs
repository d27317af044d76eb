using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// How much of another face is seen at each place of a mixture: a part of it everywhere (an average), one side of a line, or one part of
/// the face, with soft edges.
/// </summary>
internal sealed class FaceMixture
{
    private const float AverageShare = 0.4f, HalvesShare = 0.3f;

    /// <summary>Most and least of the other face in an average.</summary>
    private const float Most = 0.7f, Least = 0.3f;

    /// <summary>Width of an edge between two faces as a part of the aligned face: a hard edge would itself be something to see.</summary>
    private const float SharpestEdge = 0.02f, SoftestEdge = 0.08f;

    /// <summary>How far from the middle a dividing line runs at most, as a part of the aligned face.</summary>
    private const float FarthestLine = 0.15f;

    /// <summary>
    /// Parts that can come from the other face, in coordinates of the aligned face: middle, half the width, half the height.
    /// </summary>
    private static readonly (float X, float Y, float HalfWidth, float HalfHeight)[] Parts =
    [
        (0.5f, 0.45f, 0.40f, 0.14f), // both eyes with their brows
        (0.31f, 0.45f, 0.20f, 0.15f), // one eye
        (0.5f, 0.60f, 0.15f, 0.20f), // the nose
        (0.5f, 0.83f, 0.26f, 0.13f), // the mouth
        (0.5f, 0.60f, 0.38f, 0.42f), // all of it: only hair, forehead and outline stay
    ];

    private readonly Func<float, float, float> _shareAt;

    private FaceMixture(Func<float, float, float> shareAt) => _shareAt = shareAt;

    /// <summary>Draws a mixture.</summary>
    public static FaceMixture Random(SeededRandom random)
    {
        float kind = random.Between(0, 1), softness = random.Between(SharpestEdge, SoftestEdge);
        if (kind < AverageShare)
        {
            float share = random.Between(Least, Most);
            return new FaceMixture((_, _) => share);
        }
        if (kind < AverageShare + HalvesShare)
        {
            (float sine, float cosine) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
            float offset = random.Between(-FarthestLine, FarthestLine);
            return new FaceMixture((x, y) => Soft((((x - 0.5f) * cosine) + ((y - 0.55f) * sine) - offset) / softness));
        }
        (float middleX, float middleY, float halfWidth, float halfHeight) = Parts[random.Below(Parts.Length)];
        return new FaceMixture((x, y) =>
        {
            float dx = (x - middleX) / halfWidth, dy = (y - middleY) / halfHeight;
            return Soft((1 - MathF.Sqrt((dx * dx) + (dy * dy))) * MathF.Min(halfWidth, halfHeight) / softness);
        });
    }

    /// <summary>The other face's share at a place, 0 to 1.</summary>
    /// <param name="x">From 0 at the aligned face's left edge to 1 at its right.</param>
    /// <param name="y">From 0 at its upper edge to 1 at its lower.</param>
    public float ShareAt(float x, float y) => _shareAt(x, y);

    private static float Soft(float distance) => 1 / (1 + MathF.Exp(-3 * distance));
}
