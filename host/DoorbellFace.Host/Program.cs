using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Serial;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

var root = CommandRunner.CreateRoot(
    "DoorbellFace: hear who is at the door.",
    SimulateCommand.Create(),
    ReplayCommand.Create(),
    RecordCommand.Create(),
    PortsCommand.Create());

return await CommandRunner.RunAsync(root, args, error => error is InvalidModelException or CascadeMissingException or InvalidPictureException or LinkUnavailableException ? error.Message : null);
