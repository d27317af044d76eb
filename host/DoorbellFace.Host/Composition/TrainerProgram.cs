namespace DoorbellFace.Host.Composition;

/// <summary>Where the trainer is: a program of its own, since the door never loads libtorch.</summary>
internal static class TrainerProgram
{
    private const string Name = "DoorbellFace.Trainer";

    /// <summary>How it is started; null when it is not installed.</summary>
    public static IReadOnlyList<string>? Find()
    {
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), kind = Path.GetFileName(here);
        string built = Path.Combine(here, "..", "..", Name);
        // As a build lays the programs side by side, and as somebody puts it beside this one.
        string[] places = [Path.Combine(built, kind), Path.Combine(built, kind + "_linux-x64"), Path.Combine(here, "trainer")];
        string? library = places.Select(place => Path.GetFullPath(Path.Combine(place, Name + ".dll"))).FirstOrDefault(File.Exists);
        return library is null ? null : [Runner, library];
    }

    /// <summary>The dotnet that runs this program, or the one of the PATH.</summary>
    public static string Runner =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
}
