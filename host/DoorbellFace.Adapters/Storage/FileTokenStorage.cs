using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Page;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The tokens of other programs, in a data folder: <c>page/tokens.json</c>.</summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
public sealed class FileTokenStorage(string dataFolder) : ITokenStorage
{
    private readonly string _folder = FilePageAccessStorage.FolderIn(dataFolder);

    /// <inheritdoc/>
    public string Stamp => PrivateFiles.StampOf(Place);

    private string Place => Path.Combine(_folder, "tokens.json");

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
            throw new DoorbellException(ErrorKind.UnusableInput, $"The tokens cannot be read: {error.Message}", cause: error);
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
                ErrorKind.UnusableInput, $"The tokens cannot be kept in {_folder}: {error.Message}",
                new Remedy(RemedyKey.ChooseDataFolder), error);
        }
    }
}
