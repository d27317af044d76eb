using DoorbellFace.Application;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// The people could not be kept or read: disk full, folder gone, file damaged. The message is a whole sentence with what to do; nothing was
/// changed.
/// </summary>
public sealed class GalleryStoreException(string message, Exception? cause = null) : DoorbellException(ErrorKind.UnusableInput, message,
    cause: cause);
