using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Page;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// The page's keys in a data folder: <c>page/keys/NAME.xml</c>, mode 0600. Without them every session ends with the program.
/// </summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
public sealed class FilePageKeyStorage(string dataFolder) : IPageKeyStorage
{
    private const string Ending = ".xml";

    private readonly string _folder = Path.Combine(FilePageAccessStorage.FolderIn(dataFolder), "keys");

    /// <inheritdoc/>
    public IReadOnlyList<string> ReadAll()
    {
        try
        {
            return Directory.Exists(_folder)
                ? [.. Directory.EnumerateFiles(_folder, "*" + Ending).Order(StringComparer.Ordinal).Select(File.ReadAllText)] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(
                ErrorKind.UnusableInput, $"The page's keys in {_folder} cannot be read: {error.Message}", cause: error);
        }
    }

    /// <inheritdoc/>
    public void Add(string name, string xml)
    {
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            throw new ArgumentException($"\"{name}\" is no name of a key.", nameof(name));
        try
        {
            PrivateFiles.CreateFolder(dataFolder);
            PrivateFiles.CreateFolder(FilePageAccessStorage.FolderIn(dataFolder));
            PrivateFiles.CreateFolder(_folder);
            PrivateFiles.WriteWhole(Path.Combine(_folder, name + Ending), xml);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(
                ErrorKind.UnusableInput, $"The page's keys cannot be kept in {_folder}: {error.Message}",
                new Remedy(RemedyKey.ChooseDataFolder), error);
        }
    }
}
