namespace DoorbellFace.Core.Faces;

/// <summary>
/// How thoroughly tilted faces are looked for. The defaults weigh small faces and steep angles against the time of a frame on two cores.
/// </summary>
public sealed record RotationSweepOptions
{
    /// <summary>
    /// Degrees from one angle to the next; a divisor of 360. 15 by default: the Haar cascade itself tolerates about as much.
    /// </summary>
    public int StepDegrees { get; init; } = 15;

    /// <summary>Smallest face, edge of its box in frame pixels: 32 by default. Halving it takes about twice as long.</summary>
    public int MinFaceEdgePixels { get; init; } = 32;

    /// <summary>Frames whose longer side is above this are swept at a reduced size, in pixels: 200 by default.</summary>
    public int SweepLongSidePixels { get; init; } = 200;

    /// <summary>
    /// An upright face at least this sure ends the search at once, without a sweep. Lower is faster and gives worse angles for faces that
    /// are slightly tilted.
    /// </summary>
    public float UprightConfidence { get; init; } = 7f;

    /// <summary>
    /// Confidence that the angles around a face must bring together: a true face is seen at two or three neighbouring angles, a chance hit
    /// usually at one.
    /// </summary>
    public float MinConfidence { get; init; } = 6f;
}
