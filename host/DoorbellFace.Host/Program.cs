using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Storage;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

var root = CommandRunner.CreateRoot(
    "DoorbellFace: hear who is at the door.",
    SayCommand.Create(),
    VisitsCommand.Create(),
    ReplayCommand.Create());

return await CommandRunner.RunAsync(root, args, error => error is InvalidModelException or CascadeMissingException or InvalidPictureException or VisitStoreException ? error.Message : null);
