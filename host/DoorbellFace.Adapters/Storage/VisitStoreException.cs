using DoorbellFace.Application;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// Visits could not be kept or read: disk full, folder gone, file damaged. The message is a whole sentence with what to do. The doorbell
/// goes on ringing and speaking.
/// </summary>
public sealed class VisitStoreException(string message, Exception? cause = null) : DoorbellException(ErrorKind.UnusableInput, message,
    cause: cause);
