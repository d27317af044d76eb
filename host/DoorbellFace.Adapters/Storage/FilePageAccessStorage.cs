using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Page;

namespace DoorbellFace.Adapters.Storage;

/// <summary>Who may open the page, in a data folder: <c>page/access.json</c>.</summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
public sealed class FilePageAccessStorage(string dataFolder) : IPageAccessStorage
{
    private readonly string _folder = FolderIn(dataFolder);

    /// <inheritdoc/>
    public string Stamp => PrivateFiles.StampOf(Place);

    private string Place => Path.Combine(_folder, "access.json");

    /// <summary>The folder of what the page keeps.</summary>
    public static string FolderIn(string dataFolder) => Path.Combine(dataFolder, "page");

    /// <inheritdoc/>
    public string? Read()
    {
        try
        {
            return File.ReadAllText(Place);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"It cannot be read who may open the page: {error.Message}", cause: error);
        }
    }

    /// <inheritdoc/>
    public void Write(string text)
    {
        try
        {
            PrivateFiles.CreateFolder(dataFolder);
            PrivateFiles.CreateFolder(_folder);
            PrivateFiles.WriteWhole(Place, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(
                ErrorKind.UnusableInput, $"The page's password cannot be kept in {_folder}: {error.Message}",
                new Remedy(RemedyKey.ChooseDataFolder), error);
        }
    }
}
