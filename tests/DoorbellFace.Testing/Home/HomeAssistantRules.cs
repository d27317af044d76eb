using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DoorbellFace.Testing.Home;

/// <summary>What Home Assistant takes, from a list of facts (tests/fixtures/home-assistant/keys.json).</summary>
public static partial class HomeAssistantRules
{
    /// <summary>The list.</summary>
    public static JsonObject Keys { get; } = JsonNode.Parse(File.ReadAllText(Repository.Fixture("home-assistant/keys.json")))!.AsObject();

    /// <summary>
    /// What is wrong with a device discovery message, each in a sentence; empty when Home Assistant would take every key of it.
    /// </summary>
    public static IReadOnlyList<string> Complaints(JsonObject message)
    {
        var complaints = new List<string>();
        Check(complaints, "the message", message, Keys["message"]!);
        if (message["device"] is JsonObject device) Check(complaints, "device", device, Keys["device"]!);
        if (message["origin"] is JsonObject origin) Check(complaints, "origin", origin, Keys["origin"]!);
        foreach ((string key, JsonNode? node) in message["components"] as JsonObject ?? [])
        {
            if (!Id().IsMatch(key)) complaints.Add($"the component {key} has a key that is no id");
            if (node is not JsonObject component) complaints.Add($"{key} is no object");
            // With its platform alone a component is removed.
            else if (component.Count > 1) CheckComponent(complaints, key, component);
        }
        return complaints;
    }

    private static void CheckComponent(List<string> complaints, string key, JsonObject component)
    {
        if (component["platform"]?.GetValue<string>() is not { } platform || Keys["platforms"]![platform] is not { } own)
        {
            complaints.Add($"{key} has the platform {component["platform"]}, which is none");
            return;
        }
        Check(complaints, key, component, Keys["component"]!, own);
        if (component["device_class"]?.GetValue<string>() is { } type && !Texts(Keys["device_classes"]![platform]).Contains(type))
            complaints.Add($"{key} has the class {type}, which {platform} does not know");
        if (component["entity_category"]?.GetValue<string>() is { } category && !Texts(Keys["entity_categories"]).Contains(category))
            complaints.Add($"{key} has the category {category}");
        if (component["default_entity_id"]?.GetValue<string>() is { } id && !Regex.IsMatch(id, $"^{platform}\\.[a-z0-9_]+$"))
            complaints.Add($"{key} has the entity id {id}");
        if (component["device_class"]?.GetValue<string>() == "doorbell"
            && Texts(Keys["event_types_that_a_doorbell_must_have"]).Except(Texts(component["event_types"]))
            .Any()) complaints.Add($"{key} lacks the event type of a doorbell");
        foreach ((string name, JsonNode? value) in component)
            if (name.EndsWith("_topic", StringComparison.Ordinal) && !Topic().IsMatch(value!.GetValue<string>()))
                complaints.Add($"{key}: {name} is {value}");
    }

    private static void Check(List<string> complaints, string what, JsonObject found, params JsonNode[] rules)
    {
        string[] required = [.. rules.SelectMany(rule => Texts(rule["required"]))],
            oneOf = [.. rules.SelectMany(rule => Texts(rule["one_of"]))];
        string[] known = [.. required, .. oneOf, .. rules.SelectMany(rule => Texts(rule["optional"]))];
        foreach (string missing in required.Where(key => !found.ContainsKey(key))) complaints.Add($"{what} lacks {missing}");
        if (oneOf.Length > 0 && !oneOf.Any(found.ContainsKey)) complaints.Add($"{what} has none of {string.Join(", ", oneOf)}");
        foreach ((string key, _) in found) if (!known.Contains(key)) complaints.Add($"{what} has {key}, which nobody knows");
    }

    private static string[] Texts(JsonNode? node) => [.. (node as JsonArray ?? []).Select(text => text!.GetValue<string>())];

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-zA-Z0-9_/-]+$")]
    private static partial Regex Topic();
}
