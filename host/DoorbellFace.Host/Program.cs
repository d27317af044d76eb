using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Serial;
using DoorbellFace.Host.Storage;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

var root = CommandRunner.CreateRoot(
    "DoorbellFace: hear who is at the door.",
    RunCommand.Create(),
    VisitsCommand.Create(),
    SayCommand.Create(),
    PortsCommand.Create(),
    SimulateCommand.Create(),
    RecordCommand.Create(),
    ReplayCommand.Create(),
    DemoCommand.Create(),
    DrawPeopleCommand.Create(),
    EvaluateCommand.Create());

return await CommandRunner.RunAsync(root, args, error => error is InvalidModelException or DetectorModelException or CascadeMissingException or InvalidPictureException
    or LinkUnavailableException or VisitStoreException ? error.Message : null);
