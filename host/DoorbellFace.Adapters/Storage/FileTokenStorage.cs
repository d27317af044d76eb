using DoorbellFace.Application.Page;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The tokens of other programs, in a data folder: <c>page/tokens.json</c>.</summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
public sealed class FileTokenStorage(string dataFolder)
    : TextFileStorage(dataFolder, Path.Combine(FilePageAccessStorage.Folder, "tokens.json"), "The tokens cannot be read",
        "The tokens cannot be kept"), ITokenStorage;
