using System.Globalization;
using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Training;

namespace DoorbellFace.Adapters.Training;

/// <summary>The folder <c>build/</c> of a data folder.</summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
public sealed class BuildFolder(string dataFolder) : IBuildFolder
{
    private const string RecordFile = "build.json";

    private static readonly char[] NotInNames = [.. Path.GetInvalidFileNameChars(), '/', '\\'];

    private string Root => Path.Combine(dataFolder, "build");

    /// <inheritdoc/>
    public string Photos => Path.Combine(Root, "photos");

    /// <inheritdoc/>
    public string Work => Path.Combine(Root, "work");

    /// <inheritdoc/>
    public string? Read() => Reporting(() =>
    {
        string path = Path.Combine(Root, RecordFile);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    });

    /// <inheritdoc/>
    public void Write(string record) => Reporting(() =>
    {
        PrivateFiles.CreateFolder(Root);
        PrivateFiles.WriteWhole(Path.Combine(Root, RecordFile), record);
    });

    /// <inheritdoc/>
    public void AddPhoto(string person, int number, byte[] picture) => Reporting(() =>
    {
        // A name that begins with a point would be a folder that nobody looks into.
        string name = string.Concat(person.Select(letter => NotInNames.Contains(letter) ? '_' : letter)).TrimStart('.');
        string place = Path.Combine(Photos, name.Length > 0 ? name : "_");
        foreach (string made in (string[])[Root, Photos, place]) PrivateFiles.CreateFolder(made);
        PrivateFiles.WriteWhole(Path.Combine(place, number.ToString(CultureInfo.InvariantCulture) + ".png"), picture);
    });

    /// <inheritdoc/>
    public void WriteInto(string folder, string name, string text) =>
        Reporting(() => PrivateFiles.WriteWhole(Path.Combine(folder, name), text));

    /// <inheritdoc/>
    public string? ReadFrom(string folder, string name)
    {
        try
        {
            string path = Path.Combine(folder, name);
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public byte[]? Picture(string path)
    {
        try
        {
            return IsBelow(path, Work) && File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void RemoveAllBut(IReadOnlyCollection<string> keep) => Reporting(() =>
    {
        Remove(Photos);
        string[] kept = [.. keep.Select(Path.GetFullPath).Where(path => IsBelow(path, Work))];
        if (Directory.Exists(Work)) Prune(Work, kept);
    });

    /// <inheritdoc/>
    public void Clear() => Reporting(() => Remove(Root));

    private static void Prune(string folder, string[] kept)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(folder))
        {
            if (kept.Contains(path)) continue;
            if (kept.Any(one => IsBelow(one, path))) Prune(path, kept);
            else Remove(path);
        }
    }

    /// <summary>A link goes, and what it leads to stays.</summary>
    private static void Remove(string path)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null) Directory.Delete(path, recursive: true);
        else if (Directory.Exists(Path.GetDirectoryName(path))) File.Delete(path);
    }

    private static bool IsBelow(string path, string folder) =>
        Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private void Reporting(Action work) => Reporting<object?>(() =>
    {
        work();
        return null;
    });

    private T Reporting<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"The folder {Root} cannot be used: {error.Message}",
                new Remedy(RemedyKey.ChooseDataFolder), error);
        }
    }
}
