using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;

namespace DoorbellFace.Adapters.Storage;

/// <summary>One text in a file of the data folder, written whole or not at all, for its owner alone.</summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
/// <param name="name">The file's name, with the folder within the data folder if it lies in one.</param>
/// <param name="cannotBeRead">What is said when it cannot be read: "The rules cannot be read".</param>
/// <param name="cannotBeKept">What is said when it cannot be written: "The rules cannot be kept".</param>
public abstract class TextFileStorage(string dataFolder, string name, string cannotBeRead, string cannotBeKept)
{
    /// <summary>More is no text of this program's; whoever put it there must not fill the memory.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>The file, for complaints.</summary>
    public string Place { get; } = Path.Combine(dataFolder, name);

    /// <summary>Changes whenever the file was written, by whomever; cheap to ask. Never throws.</summary>
    public string Stamp => PrivateFiles.StampOf(Place);

    /// <summary>The text; null when there is no file.</summary>
    /// <exception cref="DoorbellException">It cannot be read.</exception>
    public string? Read()
    {
        try
        {
            var file = new FileInfo(Place);
            if (file.Exists && file.Length > MostBytes)
                throw new DoorbellException(ErrorKind.UnusableInput,
                    $"{Place} has {file.Length} bytes; expected at most {MostBytes}.");
            return File.ReadAllText(Place);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"{cannotBeRead}: {error.Message}", cause: error);
        }
    }

    /// <summary>Writes the text.</summary>
    /// <exception cref="DoorbellException">It cannot be kept; what was there is still there.</exception>
    public void Write(string text)
    {
        string folder = Path.GetDirectoryName(Place)!;
        try
        {
            PrivateFiles.CreateFolder(dataFolder);
            PrivateFiles.CreateFolder(folder);
            PrivateFiles.WriteWhole(Place, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"{cannotBeKept} in {folder}: {error.Message}",
                new Remedy(RemedyKey.ChooseDataFolder), error);
        }
    }
}
