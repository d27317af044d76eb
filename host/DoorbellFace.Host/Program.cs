using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Commands;
using DoorbellFace.OpenCv;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

return await CommandRunner.RunAsync(
    CommandList.CreateRoot(), args, error => error is InvalidModelException or DetectorModelException or CascadeMissingException or InvalidPictureException ? error.Message : null);
