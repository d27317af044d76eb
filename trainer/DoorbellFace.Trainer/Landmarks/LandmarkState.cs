namespace DoorbellFace.Trainer.Landmarks;

/// <summary>Everything about the making of a landmark network that is not a tensor; the readable part of its checkpoint.</summary>
internal sealed record LandmarkState
{
    /// <summary>How it is done.</summary>
    public required LandmarkSettings Settings { get; init; }

    /// <summary>What it learns from; a resumed training goes on with the same.</summary>
    public required LandmarkMaterial Material { get; init; }

    /// <summary>Steps done.</summary>
    public int Steps { get; init; }

    /// <summary>Measurements on people held out, the first one first.</summary>
    public IReadOnlyList<LandmarkReport> Reports { get; init; } = [];
}

/// <summary>What a training learns from.</summary>
/// <param name="Faces">Photos with a face.</param>
/// <param name="Alarms">Places that the sweep wrongly took for faces.</param>
/// <param name="Sha256">SHA-256 over the photos' names and landmarks, and the false alarms' places.</param>
internal sealed record LandmarkMaterial(int Faces, int Alarms, string Sha256);

/// <summary>How well it does on crops of people held out, made as the training's are.</summary>
/// <param name="Step">After how many steps.</param>
/// <param name="Loss">Mean loss of the training since the report before.</param>
/// <param name="Error">Mean distance of a landmark from the teacher's, in eye distances.</param>
/// <param name="FacesKept">Part of the faces whose probability is at least <paramref name="Threshold"/>.</param>
/// <param name="OthersKept">The same part of what is no upright face.</param>
/// <param name="Threshold">Probability that keeps <see cref="LandmarkRun.FacesToKeep"/> of the faces.</param>
internal sealed record LandmarkReport(int Step, double Loss, double Error, double FacesKept, double OthersKept, float Threshold);

/// <summary>How a training stands; reported after every step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">How many there will be.</param>
/// <param name="Loss">Mean over the last steps.</param>
/// <param name="CropsPerSecond">Since this run began.</param>
/// <param name="Last">The last measurement; null before.</param>
internal sealed record LandmarkProgress(int Step, int Steps, double Loss, double CropsPerSecond, LandmarkReport? Last);
