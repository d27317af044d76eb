using DoorbellFace.Core.Models;
using DoorbellFace.OpenCv;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Commands;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Weights;
using DoorbellFace.Vision;

WaitingThreads.Sleep();
KeptMemory.Keep();
RuntimeTelemetry.SetInEnvironment();
if (RuntimeTelemetry.DeleteLeftovers() is { } leftovers)
    Screen.Remark(
        $"An earlier version let ONNX Runtime collect reports for its maker, and may have sent some. That is off now, and {leftovers} is "
        + $"deleted.");

var root = CommandRunner.CreateRoot(
    "DoorbellFace: makes the model that knows the family.",
    BuildModelCommand.Create(),
    PrepareCommand.Create(),
    ReviewCommand.Create(),
    SplitCommand.Create(),
    TrainCommand.Create(),
    PretrainCommand.Create(),
    PretrainLandmarksCommand.Create(),
    MeasureLandmarksCommand.Create(),
    MeasureTrainingCommand.Create(),
    ReproduceCommand.Create(),
    ExportCommand.Create(),
    ModelsCommand.Create());

return await CommandRunner.RunAsync(root, args, error =>
    error is InvalidModelException or CascadeMissingException or DetectorModelException or InvalidWeightFileException
        ? error.Message
        : null);
