using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Commands;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

var root = CommandRunner.CreateRoot(
    "DoorbellFace: hear who is at the door.",
    SayCommand.Create(),
    ReplayCommand.Create());

return await CommandRunner.RunAsync(root, args, error => error is InvalidModelException or CascadeMissingException or InvalidPictureException ? error.Message : null);
