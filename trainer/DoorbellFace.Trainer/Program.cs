using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Commands;
using DoorbellFace.Vision;

var root = CommandRunner.CreateRoot(
    "DoorbellFace: makes the model that knows the family.",
    PrepareCommand.Create(),
    TrainCommand.Create(),
    PretrainCommand.Create(),
    PretrainLandmarksCommand.Create(),
    MeasureLandmarksCommand.Create(),
    ExportCommand.Create());

return await CommandRunner.RunAsync(root, args, error => error is InvalidModelException or CascadeMissingException ? error.Message : null);
