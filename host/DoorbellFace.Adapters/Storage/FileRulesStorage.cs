using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Rules;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The rules of a data folder: <c>rules.json</c>.</summary>
/// <param name="folder">The data folder; it need not be there.</param>
public sealed class FileRulesStorage(string folder) : IRulesStorage
{
    /// <summary>More is no list of rules; whoever put it there must not fill the memory.</summary>
    private const int MostBytes = 1 << 20;

    /// <inheritdoc/>
    public string Place { get; } = Path.Combine(folder, "rules.json");

    /// <inheritdoc/>
    public string Stamp => PrivateFiles.StampOf(Place);

    /// <inheritdoc/>
    public string? Read()
    {
        try
        {
            var file = new FileInfo(Place);
            if (file.Exists && file.Length > MostBytes)
                throw new DoorbellException(ErrorKind.UnusableInput,
                    $"{Place} has {file.Length} bytes; expected rules of at most {MostBytes}.");
            return File.ReadAllText(Place);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"The rules cannot be read: {error.Message}", cause: error);
        }
    }

    /// <inheritdoc/>
    public void Write(string text)
    {
        try
        {
            PrivateFiles.CreateFolder(folder);
            PrivateFiles.WriteWhole(Place, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"The rules cannot be kept in {folder}: {error.Message}",
                new Remedy(RemedyKey.ChooseDataFolder), error);
        }
    }
}
