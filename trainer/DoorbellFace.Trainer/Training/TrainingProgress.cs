namespace DoorbellFace.Trainer.Training;

/// <summary>How far a training is; reported after every step.</summary>
/// <param name="Epoch">The epoch being worked on, from 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Step">Steps done, those of earlier runs included.</param>
/// <param name="Steps">How many there will be.</param>
/// <param name="Loss">Mean loss of the epoch so far.</param>
/// <param name="ImagesPerSecond">Training crops a second in this epoch so far.</param>
/// <param name="MemoryBytes">Memory that the program holds now.</param>
/// <param name="Finished">The epochs that have ended, the first one first.</param>
/// <param name="Best">The best epoch so far; null before the first has ended.</param>
internal sealed record TrainingProgress(int Epoch, int Epochs, long Step, long Steps, double Loss, double ImagesPerSecond, long MemoryBytes,
    IReadOnlyList<EpochResult> Finished, EpochResult? Best);
