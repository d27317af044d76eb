namespace DoorbellFace.Core.Faces.Haar;

/// <summary>
/// How thoroughly the sweep looks. The defaults were chosen on one half of the measured photos; docs/results/detection.md.
/// </summary>
public sealed record HaarSweepOptions
{
    /// <summary>
    /// For a sweep whose candidates a network judges: many of them and roughly placed. The network says better than the cascade's last
    /// stages what is a face and where, and is the faster.
    /// </summary>
    public static HaarSweepOptions BeforeVerifier { get; } = new()
    {
        SizeFactor = 1.35f, CandidateStages = 8, MostCandidates = 30, MostUprightCandidates = 12, LooksCloser = false,
    };

    /// <summary>
    /// Whether the candidates are looked at closely, for their exact place and angle and for a confidence that can decide; else it is what
    /// speaks for them so far.
    /// </summary>
    public bool LooksCloser { get; init; } = true;

    /// <summary>
    /// Smallest face, edge of its box in frame pixels: 24 by default, no less than the cascade's own window. Halving it takes four times as
    /// long.
    /// </summary>
    public int MinFaceEdgePixels { get; init; } = 24;

    /// <summary>From one size to the next, above 1: 1.25 by default.</summary>
    public float SizeFactor { get; init; } = 1.25f;

    /// <summary>
    /// Degrees from one coarse angle to the next; a divisor of 90. 30 by default: the first stages tolerate half of it either way.
    /// </summary>
    public int StepDegrees { get; init; } = 30;

    /// <summary>
    /// Stages that make a window interesting in the coarse search, 1 to the cascade's all; 12 by default. Fewer: more candidates.
    /// </summary>
    public int CandidateStages { get; init; } = 12;

    /// <summary>How many candidates are named, 1 or more: 12 by default.</summary>
    public int MostCandidates { get; init; } = 12;

    /// <summary>The same for the candidates that stand upright, which are named first: 4 by default.</summary>
    public int MostUprightCandidates { get; init; } = 4;
}
