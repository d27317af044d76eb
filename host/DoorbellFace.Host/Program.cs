using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Commands;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.OpenCv;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

return await CommandRunner.RunAsync(CommandList.CreateRoot(), args, error => error is InvalidModelException or DetectorModelException or CascadeMissingException or InvalidPictureException
    or LinkUnavailableException or VisitStoreException or GalleryStoreException ? error.Message : null);
