namespace DoorbellFace.Trainer.Dataset;

/// <summary>A person's folder and the pictures in it and in the folders in it.</summary>
/// <param name="Name">The folder's name, which is the person's.</param>
/// <param name="Files">Full paths, in ordinal order of their names.</param>
internal sealed record PersonFolder(string Name, IReadOnlyList<string> Files)
{
    /// <summary>
    /// The folders that the pictures lie in: one, or one for each part of a set that is divided; none of a stranger's loose picture.
    /// </summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>What a picture is called among the person's: its path in the person's folder.</summary>
    public string KeyOf(string file) =>
        Folders.FirstOrDefault(folder => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) is { } folder
            ? Path.GetRelativePath(folder, file)
            : Path.GetFileName(file);
}
