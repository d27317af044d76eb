using DoorbellFace.Application.Page;

namespace DoorbellFace.Adapters.Storage;

/// <summary>Who may open the page, in a data folder: <c>page/access.json</c>.</summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
public sealed class FilePageAccessStorage(string dataFolder)
    : TextFileStorage(dataFolder, Path.Combine(Folder, "access.json"), "It cannot be read who may open the page",
        "The page's password cannot be kept"), IPageAccessStorage
{
    /// <summary>The folder of what the page keeps, within the data folder.</summary>
    internal const string Folder = "page";

    /// <summary>The folder of what the page keeps.</summary>
    public static string FolderIn(string dataFolder) => Path.Combine(dataFolder, Folder);
}
