using System.Text.Json.Nodes;

namespace DoorbellFace.Core.Models;

/// <summary>
/// The manifest's keys as they stand in the model file's own metadata map, so that a model that was parted from its manifest, or paired
/// with another's, is noticed. Every top-level key is there except the hash of the file, which cannot contain itself.
/// </summary>
public static class ManifestMetadata
{
    private const string HashKey = "model_sha256";

    /// <summary>Key to value: a text as it is, anything else as compact JSON with its keys in ordinal order.</summary>
    public static IReadOnlyDictionary<string, string> Of(ModelManifest manifest)
    {
        JsonObject fields = JsonNode.Parse(manifest.ToJson())!.AsObject();
        return fields
            .Where(field => field.Key != HashKey)
            .ToDictionary(field => field.Key, field => AsText(field.Value), StringComparer.Ordinal);
    }

    /// <summary>Compares a manifest with the metadata map of a model file.</summary>
    /// <param name="manifest">What stands beside the file.</param>
    /// <param name="metadata">What stands inside the file; keys that the manifest does not know are of no interest.</param>
    /// <returns>Null when they agree; otherwise the first disagreement, with both sides.</returns>
    public static string? FirstDisagreement(ModelManifest manifest, IReadOnlyDictionary<string, string> metadata)
    {
        foreach ((string key, string expected) in Of(manifest))
        {
            if (!metadata.TryGetValue(key, out string? found))
                return $"the manifest says {key} is {expected}, and the model file says nothing about it";
            if (found != expected) return $"the manifest says {key} is {expected}, and the model file says {found}";
        }
        return null;
    }

    private static string AsText(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : Sorted(node)?.ToJsonString() ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields =>
            new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
