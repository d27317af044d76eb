using System.CommandLine;
using DoorbellFace.Application.Models;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommonOptions
{
    /// <summary>--language TAG.</summary>
    public static Option<string?> Language() => new("--language")
    {
        Description =
            $"What is said, in {string.Join(", ", Core.Languages.Language.All.Select(language => $"{language.Tag} ({language.Name})"))}; "
            + $"without it, the language of the settings.",
        HelpName = "TAG",
    };

    /// <summary>--json.</summary>
    public static Option<bool> Json(string description = "Write the result as JSON, for programs.") => new("--json")
    {
        Description = description,
    };

    /// <summary>--model DIR.</summary>
    public static Option<DirectoryInfo?> Model() => new("--model")
    {
        Description =
            "Folder of a model (model.onnx and model.json); without it, the one in the data folder, or else the backbone that comes with "
            + "the program.",
        HelpName = "DIR",
    };

    /// <summary>--data DIR.</summary>
    public static Option<DirectoryInfo?> Data() => new("--data")
    {
        Description = $"Folder for visits, pictures and the model; without it, {DataFolder.Default}.",
        HelpName = "DIR",
    };

    /// <summary>The folder that --data names, or the usual one.</summary>
    public static string DataFolderOf(DirectoryInfo? given) => given?.FullName ?? DataFolder.Default;
}
