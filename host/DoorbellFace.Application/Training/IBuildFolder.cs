namespace DoorbellFace.Application.Training;

/// <summary>
/// The one folder of a build: the pictures that the trainer gets, what it makes, and what is kept of it. Its owner alone may read it.
/// </summary>
public interface IBuildFolder
{
    /// <summary>The pictures, a folder for each person.</summary>
    string Photos { get; }

    /// <summary>What the trainer makes.</summary>
    string Work { get; }

    /// <summary>What is kept of the last build, as text; null when there was none, or when it has been cleared away.</summary>
    /// <exception cref="DoorbellException">It cannot be read.</exception>
    string? Read();

    /// <summary>Keeps it, whole or not at all.</summary>
    /// <exception cref="DoorbellException">It cannot be kept.</exception>
    void Write(string record);

    /// <summary>Keeps a picture for the trainer.</summary>
    /// <param name="person">Whose, as the folder is to be called; what no folder can be called is replaced.</param>
    /// <param name="number">Tells the pictures of one person apart.</param>
    /// <param name="picture">A picture file.</param>
    /// <exception cref="DoorbellException">It cannot be kept.</exception>
    void AddPhoto(string person, int number, byte[] picture);

    /// <summary>Writes a text into a folder that the trainer has made.</summary>
    /// <exception cref="DoorbellException">It cannot be kept.</exception>
    void WriteInto(string folder, string name, string text);

    /// <summary>Reads a text of a folder of a model; null when it is not there or cannot be read.</summary>
    string? ReadFrom(string folder, string name);

    /// <summary>A picture that the trainer has made; null when it is not there.</summary>
    byte[]? Picture(string path);

    /// <summary>Removes pictures of people and halves that no candidate needs.</summary>
    /// <param name="keep">The folders and files that stay, below <see cref="Work"/>.</param>
    void RemoveAllBut(IReadOnlyCollection<string> keep);

    /// <summary>Removes everything, whatever is there.</summary>
    void Clear();
}
