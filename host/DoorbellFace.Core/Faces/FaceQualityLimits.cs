
namespace DoorbellFace.Core.Faces;

/// <summary>
/// What is good enough. For each measure there is a value from which nothing more is to be wished, and one beyond which the face is
/// refused; between the two it counts less. The defaults are for recognition at the door; where they come from stands in
/// docs/results/landmarks.md.
/// </summary>
public sealed record FaceQualityLimits
{
    /// <summary>For recognition at the door, which takes what it gets.</summary>
    public static FaceQualityLimits Recognition { get; } = new();

    /// <summary>For enrolment, where the person can be told what to do better.</summary>
    public static FaceQualityLimits Enrolment { get; } = new()
    {
        EyeDistancePixels = new(20, 32), Yaw = new(0.28f, 0.15f), Pitch = new(0.22f, 0.14f), Sharpness = new(0.024f, 0.035f),
    };

    /// <summary>Eye distance in pixels.</summary>
    public QualityRange EyeDistancePixels { get; init; } = new(8, 28);

    /// <summary>Sharpness, without a unit.</summary>
    public QualityRange Sharpness { get; init; } = new(0.015f, 0.032f);

    /// <summary>Least mean brightness, in gray levels.</summary>
    public QualityRange Brightness { get; init; } = new(25, 60);

    /// <summary>Most mean brightness, in gray levels.</summary>
    public QualityRange Glare { get; init; } = new(240, 215);

    /// <summary>Contrast, in gray levels.</summary>
    public QualityRange Contrast { get; init; } = new(8, 22);

    /// <summary>Turn to either side, without a unit.</summary>
    public QualityRange Yaw { get; init; } = new(0.45f, 0.2f);

    /// <summary>Nod either way, without a unit.</summary>
    public QualityRange Pitch { get; init; } = new(0.35f, 0.18f);

    /// <summary>Part of the face beyond the frame, 0 to 1.</summary>
    public QualityRange OutsideShare { get; init; } = new(0.2f, 0.02f);

    /// <summary>What keeps a face from being good enough, the gravest first; empty when nothing does.</summary>
    public IReadOnlyList<FaceProblem> Problems(FaceQuality quality) =>
        [.. Judged(quality).Where(item => item.Range.Refuses(item.Value)).Select(item => item.Problem)];

    /// <summary>How much the face's vote counts, 0 (refused) to 1 (nothing to be wished): the product over all measures.</summary>
    public float Weight(FaceQuality quality) => Judged(quality).Aggregate(1f, (weight, item) => weight * item.Range.Weight(item.Value));

    private IEnumerable<(FaceProblem Problem, QualityRange Range, float Value)> Judged(FaceQuality quality) =>
    [
        (FaceProblem.CutOff, OutsideShare, quality.OutsideShare),
        (FaceProblem.TooFar, EyeDistancePixels, quality.EyeDistancePixels),
        (FaceProblem.TooDark, Brightness, quality.Brightness),
        (FaceProblem.TooBright, Glare, quality.Brightness),
        (FaceProblem.Flat, Contrast, quality.Contrast),
        (FaceProblem.TurnedAway, Yaw, MathF.Abs(quality.Pose.Yaw)),
        (FaceProblem.Nodding, Pitch, MathF.Abs(quality.Pose.Pitch)),
        (FaceProblem.Blurred, Sharpness, quality.Sharpness),
    ];
}

/// <summary>What a measure may be. When <paramref name="Good"/> is the larger one, more is better, and otherwise less.</summary>
/// <param name="Refused">At this value or beyond it the face is refused.</param>
/// <param name="Good">At this value or beyond it nothing more is to be wished; differs from <paramref name="Refused"/>.</param>
public readonly record struct QualityRange(float Refused, float Good)
{
    /// <summary>Whether a value is not good enough.</summary>
    public bool Refuses(float value) => Weight(value) <= 0;

    /// <summary>0 at <see cref="Refused"/>, 1 at <see cref="Good"/>, evenly between them.</summary>
    public float Weight(float value) => Math.Clamp((value - Refused) / (Good - Refused), 0, 1);
}
