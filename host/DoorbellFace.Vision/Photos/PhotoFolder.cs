namespace DoorbellFace.Vision.Photos;

/// <summary>
/// The photos of a folder and of the folders in it, as every command reads them: each once, whatever links lead to it; told by their
/// content, so that a name may lie; and what is left out is named, never dropped in silence.
/// </summary>
public sealed class PhotoFolder
{
    private const int MostNamed = 10;

    internal PhotoFolder(string root, IReadOnlyList<string> photos, IReadOnlyList<PassedOver> passedOver, IReadOnlyList<string> folders,
        int otherFiles)
    {
        Root = root;
        Photos = photos;
        PassedOver = passedOver;
        OtherFiles = otherFiles;
        ILookup<string, string> byPerson = photos.ToLookup(PersonOf, StringComparer.Ordinal);
        Loose = [.. byPerson[""]];
        People = [.. folders.Order(StringComparer.Ordinal).Select(name => new PhotosOfPerson(name, [.. byPerson[name]]))];
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>
    /// Paths relative to <see cref="Root"/>, in ordinal order. A file that is called like a picture is among them even if it holds none.
    /// </summary>
    public IReadOnlyList<string> Photos { get; }

    /// <summary>The photos that lie in no folder of a person.</summary>
    public IReadOnlyList<string> Loose { get; }

    /// <summary>One for each folder directly in <see cref="Root"/>, by name; also for a folder without any photo.</summary>
    public IReadOnlyList<PhotosOfPerson> People { get; }

    /// <summary>What was left out and might have been meant, in ordinal order of the paths.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; }

    /// <summary>Files that neither look like pictures nor are called so.</summary>
    public int OtherFiles { get; }

    /// <summary>Looks through a folder. Never throws for what is in it.</summary>
    /// <param name="root">The folder. One that is missing or may not be read has no photos, and says so in
    /// <see cref="PassedOver"/>.</param>
    public static PhotoFolder Read(string root) => new PhotoWalk(root).Run();

    /// <summary>Whose photo it is: the folder, directly in the root, that it lies in; empty for a loose one.</summary>
    /// <param name="photo">A path relative to the root.</param>
    public static string PersonOf(string photo) => photo.IndexOf(Path.DirectorySeparatorChar) is var end and >= 0 ? photo[..end] : "";

    /// <summary>What was left out, in sentences for the person who waits; none where nothing was.</summary>
    public IReadOnlyList<string> Remarks()
    {
        var remarks = new List<string>();
        PassedOver[] named = [.. PassedOver.Where(item => item.Cause != PassedOverCause.Hidden)],
            hidden = [.. PassedOver.Where(item => item.Cause == PassedOverCause.Hidden)];
        remarks.AddRange(named.Take(MostNamed).Select(item => $"Passed over: '{item.Path}': {item.Reason}."));
        if (named.Length > MostNamed) remarks.Add($"... and {named.Length - MostNamed} more, {named.Length} in all.");
        if (hidden.Length > 0) remarks.Add($"Passed over as hidden, or made by a program: {hidden.Length}, such as '{hidden[0].Path}'.");
        return remarks;
    }

    /// <summary><see cref="Remarks"/>, and a sentence for each person's folder without any photo: for folders of several people.</summary>
    public IReadOnlyList<string> RemarksOnPeople() =>
        [.. Remarks(), .. People.Where(person => person.Photos.Count == 0).Select(person => $"The folder '{person.Name}' holds no photo.")];
}

/// <summary>A person's photos.</summary>
/// <param name="Name">The folder's name, which is the person's.</param>
/// <param name="Photos">Paths relative to the root, in ordinal order.</param>
public sealed record PhotosOfPerson(string Name, IReadOnlyList<string> Photos);
