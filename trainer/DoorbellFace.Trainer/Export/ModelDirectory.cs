using System.Security.Cryptography;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Trainer.Export;

/// <summary>Writes a model folder: the network and its manifest, both or neither.</summary>
internal static class ModelDirectory
{
    /// <summary>The network's file name.</summary>
    public const string ModelFile = "model.onnx";

    /// <summary>The manifest's file name.</summary>
    public const string ManifestFile = "model.json";

    /// <summary>
    /// Writes the folder beside its place and then moves it there; what was there before goes only when the new one is whole.
    /// </summary>
    /// <param name="directory">Where the model goes.</param>
    /// <param name="manifest">The manifest; its hash is filled in here.</param>
    /// <param name="toModel">Makes the file from the metadata that belongs into it.</param>
    /// <returns>The manifest as written.</returns>
    public static ModelManifest Write(string directory, ModelManifest manifest, Func<IReadOnlyDictionary<string, string>, byte[]> toModel)
    {
        byte[] model = toModel(ManifestMetadata.Of(manifest));
        ModelManifest complete = manifest with { ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(model)) };
        // What the host would refuse must not be written: this throws on a manifest that makes no sense.
        ModelManifest.Parse(complete.ToJson());

        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        string fresh = $"{target}.new-{Environment.ProcessId}", old = $"{target}.old-{Environment.ProcessId}";
        Directory.CreateDirectory(fresh);
        try
        {
            File.WriteAllBytes(Path.Combine(fresh, ModelFile), model);
            File.WriteAllText(Path.Combine(fresh, ManifestFile), complete.ToJson() + "\n");
            if (Directory.Exists(target)) Directory.Move(target, old);
            Directory.Move(fresh, target);
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
            if (Directory.Exists(old))
            {
                if (Directory.Exists(target)) Directory.Delete(old, recursive: true);
                else Directory.Move(old, target);
            }
        }
        return complete;
    }

    /// <summary>Refuses a place that holds something else than a model, so that replacing it destroys nothing of the user's.</summary>
    /// <returns>Null when the folder may be written; otherwise what stands there.</returns>
    public static string? ForeignContent(string directory)
    {
        if (File.Exists(directory)) return directory;
        if (!Directory.Exists(directory)) return null;
        return Directory.EnumerateFileSystemEntries(directory)
            .FirstOrDefault(path => Path.GetFileName(path) is not (ModelFile or ManifestFile or StrangerBankExport.FileName));
    }
}
