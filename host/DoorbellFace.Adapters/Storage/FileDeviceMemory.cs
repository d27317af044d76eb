using DoorbellFace.Application.Doors;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The numbers of the doorbells that were seen, of a data folder: <c>devices.json</c>.</summary>
/// <param name="folder">The data folder; it need not be there.</param>
public sealed class FileDeviceMemory(string folder)
    : TextFileStorage(folder, "devices.json", "The doorbells' numbers cannot be read", "The doorbells' numbers cannot be kept"),
        IDeviceMemory;
