using DoorbellFace.Core.Statistics;

namespace DoorbellFace.Trainer.Building;

/// <summary>A model that might become the family's, measured as the host would run it.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Folder">The model folder.</param>
/// <param name="Validation">Share of the validation crops whose person came first.</param>
/// <param name="Milliseconds">Median time for a face in ONNX Runtime on one thread.</param>
/// <param name="KnowsStrangers">Whether strangers have been measured for it, so that its thresholds can be trusted.</param>
/// <param name="Seconds">What it took to make.</param>
internal sealed record ModelCandidate(string Name, string Folder, Rate Validation, double Milliseconds, bool KnowsStrangers,
    double Seconds);
