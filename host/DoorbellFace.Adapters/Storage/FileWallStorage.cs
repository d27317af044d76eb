using DoorbellFace.Application.Wall;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The faces on the wall, of a data folder: <c>wall.json</c>.</summary>
/// <param name="folder">The data folder; it need not be there.</param>
public sealed class FileWallStorage(string folder)
    : TextFileStorage(folder, "wall.json", "The faces on the wall cannot be read", "The faces on the wall cannot be kept"), IWallStorage;
