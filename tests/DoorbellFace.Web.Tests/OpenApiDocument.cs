using System.Text.Json.Nodes;

namespace DoorbellFace.Web.Tests;

/// <summary>docs/openapi.json, and whether an answer is as it says. A field that it does not name is wrong as well.</summary>
internal sealed class OpenApiDocument
{
    private readonly JsonObject _root = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();

    public static string Path => System.IO.Path.Combine(Repository.Root, "docs", "openapi.json");

    /// <summary>Every operation, as "GET /api/visits", with what the document says of it.</summary>
    public IReadOnlyDictionary<string, JsonObject> Operations => _root["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject()
            .Select(method => ($"{method.Key.ToUpperInvariant()} {path.Key}", method.Value!.AsObject())))
        .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>What is wrong with an answer; empty when nothing is.</summary>
    public IReadOnlyList<string> Complaints(string operation, int status, string kind, JsonNode? answer)
    {
        JsonNode? response = Operations[operation]["responses"]![$"{status}"];
        if (response is null) return [$"{operation} does not say that it answers {status}."];
        if (Resolved(response)["content"]?[kind]?["schema"] is not { } schema) return [$"{operation} {status} does not say {kind}."];
        var complaints = new List<string>();
        Check(schema.AsObject(), answer, "$", complaints);
        return complaints;
    }

    private JsonObject Resolved(JsonNode node)
    {
        if (node["$ref"]?.GetValue<string>() is not { } reference) return node.AsObject();
        return reference.Split('/').Skip(1).Aggregate((JsonNode)_root, (at, step) => at[step]!).AsObject();
    }

    private void Check(JsonObject schema, JsonNode? value, string at, List<string> complaints)
    {
        schema = Resolved(schema);
        string[] types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
            { } one => [one.GetValue<string>()],
            _ => [],
        };
        string found = TypeOf(value);
        if (types.Length > 0 && !types.Contains(found) && !(found == "integer" && types.Contains("number")))
        {
            complaints.Add($"{at} is {found}, not {string.Join(" or ", types)}.");
            return;
        }
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            complaints.Add($"{at} is {value?.ToJsonString() ?? "null"}, which is none of the words.");
        if (value is JsonArray items && schema["items"] is { } item)
            for (int i = 0; i < items.Count; i++) Check(item.AsObject(), items[i], $"{at}[{i}]", complaints);
        if (value is not JsonObject fields || schema["properties"] is not JsonObject properties) return;
        foreach (string missing in (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>())
            .Where(name => !fields.ContainsKey(name))) complaints.Add($"{at} lacks {missing}.");
        foreach ((string name, JsonNode? field) in fields)
        {
            if (properties[name] is { } known) Check(known.AsObject(), field, $"{at}.{name}", complaints);
            else complaints.Add($"{at}.{name} stands in no document.");
        }
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal)
            || value.ToJsonString().Contains('E', StringComparison.Ordinal) ? "number" : "integer",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        _ => "null",
    };
}
