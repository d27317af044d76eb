namespace DoorbellFace.Testing;

/// <summary>
/// Finds the measuring photos and models, which are never part of the repository: in $DOORBELLFACE_DATA, or in shared/data beside the
/// checkout.
/// </summary>
public static class MeasuringData
{
    /// <summary>The environment variable that names the data folder.</summary>
    public const string Variable = "DOORBELLFACE_DATA";

    /// <summary>The folder (or file) of that name below the data folder, or null when it is not on this machine.</summary>
    public static string? Find(string name)
    {
        string? root = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(root)) root = Path.Combine(Repository.Root, "..", "shared", "data");
        string path = Path.GetFullPath(Path.Combine(root, name));
        return Directory.Exists(path) || File.Exists(path) ? path : null;
    }
}
