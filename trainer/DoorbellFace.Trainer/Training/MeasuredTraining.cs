using DoorbellFace.Trainer.Evaluation;

namespace DoorbellFace.Trainer.Training;

/// <summary>A training that has ended, and what its best network says.</summary>
/// <param name="State">With its outcome.</param>
/// <param name="Validation">Of the crops that chose the network, the temperature and the thresholds.</param>
/// <param name="Test">Of the crops that were used for nothing else.</param>
internal sealed record MeasuredTraining(TrainingState State, Predictions Validation, Predictions Test);
