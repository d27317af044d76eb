using System.CommandLine;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Storage;
using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands;

/// <summary>What the commands about people have in common: whose gallery, which backbone, and people by their names.</summary>
/// <param name="load">Loads the tools; takes the backbone's folder, or null for the shipped one.</param>
internal sealed class GalleryOptions(Func<string?, GalleryTools> load)
{
    private const int LongestName = 60;

    private readonly Option<DirectoryInfo?> _data = CommonOptions.Data();
    private readonly Option<DirectoryInfo?> _model = new("--model") { Description = "Folder of another backbone than the family's own in the data folder or, if there is none, the one that comes with the program.", HelpName = "DIR" };

    /// <summary>--json.</summary>
    public Option<bool> Json { get; } = CommonOptions.Json();

    /// <summary>The log of these commands.</summary>
    public static ILogger Log { get; } = new RemarkLogger(LogLevel.Warning);

    /// <summary>Adds --data and --json, and --model where the command needs one.</summary>
    public GalleryOptions AddTo(Command command, bool needsModel)
    {
        command.Add(_data);
        if (needsModel) command.Add(_model);
        command.Add(Json);
        return this;
    }

    /// <summary>The data folder.</summary>
    public string Folder(ParseResult parsed) => CommonOptions.DataFolderOf(parsed.GetValue(_data));

    /// <summary>Detector, landmarks, backbone.</summary>
    public GalleryTools LoadTools(ParseResult parsed) => load(parsed.GetValue(_model)?.FullName ?? FaceEngine.FamilysIn(Folder(parsed)));

    /// <summary>Everyone, without embeddings: enough for names and counts.</summary>
    public IReadOnlyList<StoredPerson> ReadNames(ParseResult parsed)
    {
        using SqliteGalleryStore? store = SqliteGalleryStore.OpenIfThere(Folder(parsed), Log);
        return store?.Read(modelSha256: "") ?? [];
    }

    /// <summary>Everyone, with the embeddings of the model in use.</summary>
    public IReadOnlyList<StoredPerson> Read(ParseResult parsed, GalleryTools tools)
    {
        using SqliteGalleryStore? store = SqliteGalleryStore.OpenIfThere(Folder(parsed), Log);
        return store is null ? [] : GalleryLoader.Read(store, tools.Embedder);
    }

    /// <summary>Makes a change for good.</summary>
    public void Apply(ParseResult parsed, GalleryChange change)
    {
        using SqliteGalleryStore store = SqliteGalleryStore.Open(Folder(parsed), Log);
        store.Apply(change);
    }

    /// <summary>A person by name, in any case of letters.</summary>
    public static StoredPerson? Find(IReadOnlyList<StoredPerson> people, string name) =>
        people.FirstOrDefault(person => GalleryRow.Fold(person.Name) == GalleryRow.Fold(name.Trim()));

    /// <summary>A person who must be there.</summary>
    /// <exception cref="UserErrorException">They are not.</exception>
    public static StoredPerson Require(IReadOnlyList<StoredPerson> people, string name) => Find(people, name) ?? throw new UserErrorException(people.Count == 0
        ? $"Nobody is enrolled yet, so there is no {name}. ./doorbell enroll NAME --camera enrols someone."
        : $"There is no {name}. Enrolled are {string.Join(", ", people.Select(person => person.Name))}.");

    /// <summary>A name as it can be kept and spoken.</summary>
    /// <exception cref="UserErrorException">It cannot.</exception>
    public static string CheckName(string name)
    {
        string trimmed = name.Trim();
        if (trimmed.Length is > 0 and <= LongestName && !trimmed.Any(char.IsControl) && trimmed.Any(char.IsLetterOrDigit)) return trimmed;
        throw new UserErrorException($"\"{name}\" is no name: expected 1 to {LongestName} letters, as it is to be spoken. Put a name of several words into quotation marks.", ExitCode.WrongUsage);
    }
}
