using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Benchmarks;

/// <summary>Who rings: photos of known people and of strangers, brought together in a temporary folder by symbolic links.</summary>
internal sealed class VisitorPhotos : IDisposable
{
    private const string PeopleLink = "people", StrangersLink = "strangers";

    /// <summary>Gathers the photos.</summary>
    /// <exception cref="UserErrorException">A folder or list is missing, or nobody is left to ring.</exception>
    public VisitorPhotos(string? people, string? strangers, string? strangerList, int strangerCount)
    {
        Folder = Directory.CreateTempSubdirectory("doorbell-bench-").FullName;
        var photos = new List<string>();
        if (people is not null) photos.AddRange(Link(people, PeopleLink));
        if (strangers is not null)
        {
            List<string> all = Link(strangers, StrangersLink);
            if (strangerList is not null)
            {
                HashSet<string> wanted = [.. File.ReadAllLines(strangerList).Select(line => line.Trim())];
                all = [.. all.Where(photo => wanted.Contains(photo.Split('/')[1]))];
            }
            photos.AddRange(Enumerable.Range(0, Math.Min(strangerCount, all.Count))
                .Select(i => all[i * all.Count / Math.Min(strangerCount, all.Count)]));
        }
        if (photos.Count == 0)
            throw new UserErrorException("Nobody is there to ring: name photos with --people or --strangers.", ExitCode.WrongUsage);
        ListFile = Path.Combine(Folder, "photos.txt");
        File.WriteAllLines(ListFile, photos);
        Count = photos.Count;
    }

    /// <summary>The temporary folder.</summary>
    public string Folder { get; }

    /// <summary>The photos' paths relative to the folder, one in each line.</summary>
    public string ListFile { get; }

    /// <summary>How many ring.</summary>
    public int Count { get; }

    /// <summary>The person on a photo, or null for a stranger.</summary>
    public static string? NameOn(string photo) => photo.StartsWith(PeopleLink + "/", StringComparison.Ordinal) ? photo.Split('/')[1] : null;

    /// <summary>The launcher of the checkout that this program was built in.</summary>
    public static string Launcher()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string launcher = Path.Combine(folder.FullName, "doorbell");
            if (File.Exists(launcher)) return launcher;
        }
        throw new UserErrorException("The launcher ./doorbell is in no folder above this program; run the benchmark from a checkout.");
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private List<string> Link(string target, string name)
    {
        if (!Directory.Exists(target)) throw new UserErrorException($"There is no folder {target}.");
        Directory.CreateSymbolicLink(Path.Combine(Folder, name), Path.GetFullPath(target));
        return [.. Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories)
            .Where(PictureFile.HasPictureExtension)
            .Select(path => name + "/" + Path.GetRelativePath(target, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
    }
}
