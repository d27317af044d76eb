using System.Text.Json.Nodes;
using DoorbellFace.Core.Identity;

namespace DoorbellFace.Home.Mqtt;

/// <summary>Somebody who has an entity of their own.</summary>
internal sealed record PersonEntity(PersonId Id, string Name);

/// <summary>
/// How a door introduces itself to Home Assistant: one message with every entity. Home Assistant drops a key that it does not know and says
/// nothing, so a test holds every key to the list of those that it knows.
/// </summary>
/// <param name="options">Names and the page.</param>
/// <param name="topics">Where everything is said.</param>
/// <param name="door">Which door.</param>
/// <param name="version">Of this program.</param>
internal sealed class DeviceDiscovery(MqttOptions options, HomeTopics topics, DoorId door, string version)
{
    /// <summary>What Home Assistant takes at most for a state or a text.</summary>
    public const int LongestState = 255;

    /// <summary>The house, to which every door belongs.</summary>
    public JsonObject House() => new()
    {
        ["device"] =
            new JsonObject { ["identifiers"] = topics.HouseId, ["name"] = "DoorbellFace", ["manufacturer"] = "DoorbellFace",
                ["model"] = "House", ["sw_version"] = version },
        ["origin"] = Origin(),
        ["components"] = new JsonObject
        {
            ["version"] = Entity("sensor", topics.HouseId, "version", "Version", topics.HouseState, diagnostic: true),
        },
    };

    /// <summary>The door with its entities.</summary>
    /// <param name="people">Who has an entity of their own.</param>
    /// <param name="gone">Entities that were announced before and are to be removed: key and platform.</param>
    public JsonObject Door(IReadOnlyList<PersonEntity> people, IReadOnlyDictionary<string, string> gone)
    {
        JsonObject components = Components();
        foreach (PersonEntity person in people) components[HomeTopics.PersonKey(person.Id)] = Person(person);
        // A component with nothing but its platform is one to remove; whoever left it out would leave it standing.
        foreach ((string key, string platform) in gone)
            if (!components.ContainsKey(key)) components[key] = new JsonObject { ["platform"] = platform };
        var device = new JsonObject
        {
            ["identifiers"] = topics.DeviceId,
            ["name"] = options.DoorName ?? (door == DoorId.Front ? "Doorbell" : $"Doorbell {door.Value}"),
            ["manufacturer"] = "DoorbellFace",
            ["model"] = "Door",
            ["sw_version"] = version,
            ["via_device"] = topics.HouseId,
        };
        if (options.PageUrl is { } page) device["configuration_url"] = page;
        return new JsonObject
        {
            ["device"] = device,
            ["origin"] = Origin(),
            ["availability_topic"] = topics.Availability,
            ["payload_available"] = "online",
            ["payload_not_available"] = "offline",
            ["qos"] = 1,
            ["components"] = components,
        };
    }

    private JsonObject Components() => new()
    {
        ["ring"] = With(Entity("event", "ring", null, topics.Ring), ("device_class", "doorbell"), ("event_types", new JsonArray("ring"))),
        ["visitor"] =
            With(Entity("event", "visitor", "Visitor", topics.Visitor), ("icon", "mdi:account-question"),
                ("event_types", new JsonArray([.. VisitorEvents.Types.Select(type => JsonValue.Create(type))]))),
        ["last_visitor"] = With(
            Entity("sensor", "last_visitor", "Last visitor", topics.LastVisitor),
            ("icon", "mdi:account"), ("value_template", "{{ value_json.visitor }}"), ("json_attributes_topic", topics.LastVisitor)),
        ["last_sentence"] =
            With(Entity("sensor", "last_sentence", "Last sentence", topics.LastSentence), ("icon", "mdi:account-voice"),
                ("value_template", "{{ value_json.sentence }}")),
        ["picture"] = With(Entity("image", "picture", "Picture", null), ("image_topic", topics.Picture), ("content_type", "image/jpeg")),
        ["cable"] = With(Entity("binary_sensor", "cable", "Cable", topics.Cable, diagnostic: true), ("device_class", "connectivity")),
        ["problem"] = With(
            Entity("binary_sensor", "problem", "Problem", topics.Problem, diagnostic: true),
            ("device_class", "problem"), ("value_template", "{{ value_json.problem }}"), ("json_attributes_topic", topics.Problem)),
        ["someone_in_view"] =
            With(Entity("binary_sensor", "someone_in_view", "Someone in view", topics.SomeoneInView), ("device_class", "occupancy")),
        ["missed_rings"] = With(
            Entity("sensor", "missed_rings", "Missed rings", topics.MissedRings, diagnostic: true),
            ("icon", "mdi:bell-cancel"), ("value_template", "{{ value_json.count }}"), ("json_attributes_topic", topics.MissedRings)),
        ["look"] = Command("button", HomeCommands.Look, "Look now", "mdi:eye"),
        ["say_again"] = Command("button", HomeCommands.SayAgain, "Say again", "mdi:replay"),
        ["self_test"] = With(Command("button", HomeCommands.SelfTest, "Self-test", "mdi:stethoscope"), ("entity_category", "diagnostic")),
        ["speak"] = Command("notify", HomeCommands.Speak, "Speak", "mdi:bullhorn"),
        ["correct"] = With(Command("text", HomeCommands.Correct, "Who it was", "mdi:account-edit"), ("min", 0), ("max", LongestState)),
        ["mute"] = With(Command("switch", HomeCommands.Mute, "Mute", "mdi:volume-off"), ("state_topic", topics.Mute)),
        ["volume"] = With(
            Command("number", HomeCommands.Volume, "Volume", "mdi:volume-high"),
            ("state_topic", topics.Volume), ("min", Core.Rules.HouseRules.LeastVolume), ("max", 100), ("step", 5),
                ("unit_of_measurement", "%"), ("mode", "slider")),
        ["rate"] = With(
            Command("number", HomeCommands.Rate, "Speech rate", "mdi:speedometer"),
            ("state_topic", topics.Rate), ("min", Core.Rules.HouseRules.LeastPace), ("max", Core.Rules.HouseRules.MostPace), ("step", 10),
                ("unit_of_measurement", "words/min"), ("mode", "slider")),
    };

    private JsonObject Person(PersonEntity person) => With(
        Entity("sensor", HomeTopics.PersonKey(person.Id), $"{person.Name} last at the door", topics.Person(person.Id)),
            ("device_class", "timestamp"), ("icon", "mdi:account-clock"));

    private JsonObject Command(string platform, string command, string name, string icon) =>
        With(Entity(platform, command, name, null), ("command_topic", topics.Command(command)), ("icon", icon));

    private JsonObject Entity(string platform, string key, string? name, string? stateTopic, bool diagnostic = false) =>
        Entity(platform, topics.DeviceId, key, name, stateTopic, diagnostic);

    /// <summary>An entity without a name of its own bears the device's.</summary>
    private static JsonObject Entity(string platform, string device, string key, string? name, string? stateTopic, bool diagnostic = false)
    {
        var entity = new JsonObject
        {
            ["platform"] = platform,
            ["unique_id"] = $"{device}_{key}",
            ["default_entity_id"] = $"{platform}.{device.Replace('-', '_')}_{key}",
            ["name"] = name,
        };
        if (stateTopic is not null) entity["state_topic"] = stateTopic;
        if (diagnostic) entity["entity_category"] = "diagnostic";
        return entity;
    }

    private JsonObject Origin() => new() { ["name"] = "DoorbellFace", ["sw_version"] = version };

    private static JsonObject With(JsonObject entity, params ReadOnlySpan<(string Key, JsonNode? Value)> more)
    {
        foreach ((string key, JsonNode? value) in more) entity[key] = value;
        return entity;
    }
}
