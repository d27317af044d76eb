namespace DoorbellFace.Host.Storage;

/// <summary>The people could not be kept or read: disk full, folder gone, file damaged. The message is a whole sentence with what to do; nothing was changed.</summary>
internal sealed class GalleryStoreException(string message, Exception? cause = null) : Exception(message, cause);
