using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Commands;

var root = CommandRunner.CreateRoot(
    "DoorbellFace: makes the model that knows the family.",
    TrainCommand.Create(),
    ExportCommand.Create());

return await CommandRunner.RunAsync(root, args, error => error is InvalidModelException ? error.Message : null);
