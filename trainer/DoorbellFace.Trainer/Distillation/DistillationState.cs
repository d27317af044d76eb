namespace DoorbellFace.Trainer.Distillation;

/// <summary>Everything about the making of a backbone that is not a tensor; the readable part of its checkpoint.</summary>
internal sealed record DistillationState
{
    /// <summary>The version this program reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Layout of this record.</summary>
    public required int Version { get; init; }

    /// <summary>How it is done.</summary>
    public required DistillationSettings Settings { get; init; }

    /// <summary>Faces that it learns from.</summary>
    public required int Faces { get; init; }

    /// <summary>SHA-256 over the teacher's embeddings, so that a resumed training goes on with the same ones.</summary>
    public required string HarvestSha256 { get; init; }

    /// <summary>Steps done.</summary>
    public long Steps { get; init; }

    /// <summary>The epochs that have ended, the first one first.</summary>
    public IReadOnlyList<DistillationEpoch> Epochs { get; init; } = [];
}

/// <summary>What came of an epoch.</summary>
/// <param name="Number">From 1.</param>
/// <param name="TrainCosine">Mean cosine to the teacher over the augmented training faces.</param>
/// <param name="CleanCosine">The same over faces of people held out, as they are.</param>
/// <param name="CameraCosine">The same over those faces, as a small camera sees them.</param>
/// <param name="SeenCleanCosine"> The same over as many training faces, as they are. Far above <paramref name="CleanCosine"/>, what is
/// missing is faces; near it, steps or weights.
/// </param>
/// <param name="SeenCameraCosine">The same over those training faces, as a small camera sees them.</param>
internal sealed record DistillationEpoch(int Number, double TrainCosine, double CleanCosine, double CameraCosine,
    double SeenCleanCosine = 0, double SeenCameraCosine = 0);

/// <summary>How a training stands; reported after every step.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">How many there will be.</param>
/// <param name="Cosine">Mean cosine to the teacher over the last steps.</param>
/// <param name="FacesPerSecond">In this epoch so far.</param>
/// <param name="Last">The last epoch that has ended; null before.</param>
internal sealed record DistillationProgress(int Epoch, long Step, long Steps, double Cosine, double FacesPerSecond,
    DistillationEpoch? Last);
