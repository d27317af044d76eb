namespace DoorbellFace.Core.Faces;

/// <summary>What can be wrong with a face as it was seen, the gravest first: what hides the others comes before them.</summary>
public enum FaceProblem
{
    /// <summary>Part of it lies beyond the frame's edge.</summary>
    CutOff,

    /// <summary>Too few pixels.</summary>
    TooFar,

    /// <summary>Too little light on it.</summary>
    TooDark,

    /// <summary>So much light that the sensor is full.</summary>
    TooBright,

    /// <summary>Hardly any difference between light and dark: fog on the lens, or light from behind.</summary>
    Flat,

    /// <summary>Turned to a side.</summary>
    TurnedAway,

    /// <summary>Looking up or down.</summary>
    Nodding,

    /// <summary>Smeared by movement or out of focus.</summary>
    Blurred,
}

/// <summary>The words for each <see cref="FaceProblem"/>.</summary>
public static class FaceProblemWords
{
    /// <summary>For logs and visit records: "too dark".</summary>
    public static string Reason(this FaceProblem problem) => problem switch
    {
        FaceProblem.CutOff => "cut off by the edge of the picture",
        FaceProblem.TooFar => "too far away",
        FaceProblem.TooDark => "too dark",
        FaceProblem.TooBright => "too bright",
        FaceProblem.Flat => "hardly any contrast",
        FaceProblem.TurnedAway => "turned away too far",
        FaceProblem.Nodding => "looking up or down too far",
        FaceProblem.Blurred => "blurred",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Unknown problem."),
    };

    /// <summary>For the one who stands before the camera: "more light, please".</summary>
    public static string Advice(this FaceProblem problem) => problem switch
    {
        FaceProblem.CutOff => "move to the middle",
        FaceProblem.TooFar => "come closer",
        FaceProblem.TooDark => "more light, please",
        FaceProblem.TooBright => "less light, please",
        FaceProblem.Flat => "turn towards the light",
        FaceProblem.TurnedAway => "turn to the camera",
        FaceProblem.Nodding => "look straight into the camera",
        FaceProblem.Blurred => "hold still",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Unknown problem."),
    };
}
