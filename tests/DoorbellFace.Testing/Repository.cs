namespace DoorbellFace.Testing;

/// <summary>Places in the checkout that the tests run from.</summary>
public static class Repository
{
    /// <summary>The folder with DoorbellFace.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder below tests/fixtures.</summary>
    public static string Fixture(string relativePath) => Path.Combine(Root, "tests", "fixtures", relativePath);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DoorbellFace.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException(
            $"No DoorbellFace.sln in any folder above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
