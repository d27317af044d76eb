using System.CommandLine;
using DoorbellFace.Application.Faces;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands;

/// <summary>What the commands about people have in common: whose data folder, which backbone, and JSON or words.</summary>
/// <param name="load">Loads the tools; takes the backbone's folder, or null for the shipped one. Null for the real ones.</param>
internal sealed class GalleryOptions(Func<string?, GalleryTools>? load)
{
    private readonly Option<DirectoryInfo?> _data = CommonOptions.Data();
    private readonly Option<DirectoryInfo?> _model = new("--model")
    {
        Description =
            "Folder of another backbone than the family's own in the data folder or, if there is none, "
            + "the one that comes with the program.",
        HelpName = "DIR",
    };

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

    /// <summary>The use cases over the data folder and the model that were named.</summary>
    public HouseServices Services(ParseResult parsed) =>
        new(CommonOptions.DataFolderOf(parsed.GetValue(_data)), Log, parsed.GetValue(_model)?.FullName, loadTools: load);

    /// <summary>Writes a result, as JSON or in words.</summary>
    public void Answer<T>(ParseResult parsed, string words, T json)
    {
        if (parsed.GetValue(Json)) Screen.WriteJson(json);
        else Console.Out.WriteLine(words);
    }
}
