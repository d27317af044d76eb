using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DoorbellFace.Adapters.Files;

namespace DoorbellFace.Host.Commands.Setup;

/// <summary>
/// Writes what the set-up has found into the settings file (docs/settings.md), beside whatever else stands there. A file that was there is
/// kept under its name with ".before-setup" at the end, with its comments, which the new one lacks.
/// </summary>
/// <param name="path">The settings file; it need not be there.</param>
internal sealed class SetupFile(string path)
{
    /// <summary>Something was written.</summary>
    public bool HasChanged { get; private set; }

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Sets a setting; null takes it out.</summary>
    /// <param name="name">Its name, with a point between group and member: "sound.device".</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Set(string name, JsonNode? value)
    {
        bool isThere = File.Exists(path);
        JsonObject root = isThere
            ? JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
            })!.AsObject()
            : [];
        string[] parts = name.Split('.');
        JsonObject group = root;
        foreach (string part in parts[..^1])
        {
            if (group[part] is not JsonObject inner) group[part] = inner = [];
            group = inner;
        }
        if (value is null) group.Remove(parts[^1]);
        else group[parts[^1]] = value;
        string backup = path + ".before-setup";
        if (isThere && !File.Exists(backup)) File.Copy(path, backup);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        PrivateFiles.WriteWhole(path, Encoding.UTF8.GetBytes(root.ToJsonString(Indented) + "\n"));
        HasChanged = true;
    }
}
