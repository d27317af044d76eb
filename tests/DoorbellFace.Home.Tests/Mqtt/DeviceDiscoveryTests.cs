using System.Text.Json.Nodes;
using DoorbellFace.Core.Identity;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Home.Tests.Mqtt;

/// <summary>A misspelt key would be dropped without a word: every message is held to the list of what Home Assistant takes.</summary>
public class DeviceDiscoveryTests
{
    private static readonly PersonEntity Zoe = new(new PersonId(Guid.Parse("0190a000-0000-7000-8000-000000000009")), "Zoë");

    private static readonly MqttOptions Options = new()
    {
        Broker = "localhost", PageUrl = "http://doorbell.local:8080/", DoorName = "Front door",
    };

    [Fact]
    public void Every_key_is_one_that_Home_Assistant_takes_and_none_is_missing()
    {
        Assert.Empty(HomeAssistantRules.Complaints(Discovery().House()));
        Assert.Empty(HomeAssistantRules.Complaints(Door()));
        Assert.Empty(HomeAssistantRules.Complaints(Discovery().Door([Zoe], new Dictionary<string, string> { ["person_0"] = "sensor" })));
    }

    /// <summary>The check itself must be able to fail.</summary>
    [Theory]
    [InlineData("ring", "evnt_types")]
    [InlineData("look", "object_id")]
    [InlineData("picture", "imagetopic")]
    public void A_misspelt_key_is_noticed(string component, string key)
    {
        JsonObject door = Door();
        door["components"]![component]![key] = "x";

        Assert.Equal([$"{component} has {key}, which nobody knows"], HomeAssistantRules.Complaints(door));
    }

    [Fact]
    public void A_missing_key_is_noticed()
    {
        JsonObject door = Door();
        door["components"]!["ring"]!.AsObject().Remove("event_types");

        Assert.Contains("ring lacks event_types", HomeAssistantRules.Complaints(door));
    }

    [Fact]
    public void Every_entity_that_is_documented_is_there_and_none_opens_a_door()
    {
        JsonObject components = Door()["components"]!.AsObject();
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "home.md"));

        Assert.All(components, component =>
            Assert.Contains($"| `{component.Key}` | {component.Value!["platform"]} |", page, StringComparison.Ordinal));
        Assert.DoesNotContain(components, component => component.Value!["platform"]!.GetValue<string>() is "lock" or "cover");
        Assert.Equal(components.Count,
            components.Select(component => component.Value!["unique_id"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public void Two_doors_share_the_house_and_no_id()
    {
        JsonObject front = Door(), garden = Discovery(new DoorId("garden-gate")).Door([], new Dictionary<string, string>());

        Assert.Equal("doorbellface", front["device"]!["via_device"]!.GetValue<string>());
        Assert.Equal("doorbellface", garden["device"]!["via_device"]!.GetValue<string>());
        Assert.Equal("doorbellface", Discovery().House()["device"]!["identifiers"]!.GetValue<string>());
        Assert.Empty(Ids(front).Intersect(Ids(garden)));
        Assert.Empty(HomeAssistantRules.Complaints(garden));
    }

    [Fact]
    public void Nobody_has_an_entity_unless_that_is_asked_for()
    {
        Assert.DoesNotContain(Door()["components"]!.AsObject(), component => component.Key.StartsWith("person", StringComparison.Ordinal));
        JsonObject asked = Discovery().Door([Zoe], new Dictionary<string, string>());
        Assert.Equal("Zoë last at the door", asked["components"]![HomeTopics.PersonKey(Zoe.Id)]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("broker with blanks", "mqtt.broker")]
    [InlineData("", "mqtt.broker")]
    public void A_broker_that_is_none_is_complained_of(string broker, string expected) =>
        Assert.Contains(new MqttOptions { Broker = broker }.Complaints(), complaint =>
            complaint.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        IReadOnlyList<string> complaints =
            new MqttOptions
            {
                Broker = "b", Port = 70000, BaseTopic = "a/#", DiscoveryPrefix = "", CaFile = "/none.pem",
                Password = new Secret { Text = "p", File = "/none" }, PageUrl = "ftp://x",
            }.Complaints();

        foreach (string part in (string[])["mqtt.port", "mqtt.base_topic", "mqtt.discovery_prefix", "mqtt.tls", "no file /none.pem",
            "no file /none.", "choose one", "no mqtt.user", "mqtt.page_url"])
            Assert.Contains(complaints, complaint => complaint.Contains(part, StringComparison.Ordinal));
        Assert.Empty(
            new MqttOptions { Broker = "homeassistant.local", Port = 8883, UseTls = true, User = "doorbell",
                Password = new Secret { Text = "secret" } }.Complaints());
    }

    private static DeviceDiscovery Discovery(DoorId? door = null) =>
        new(Options, new HomeTopics(Options, door ?? DoorId.Front), door ?? DoorId.Front, "0.1.0");

    private static JsonObject Door() => Discovery().Door([], new Dictionary<string, string>());

    private static IEnumerable<string> Ids(JsonObject door) =>
        door["components"]!.AsObject().SelectMany(component =>
            (string[])[component.Value!["unique_id"]!.GetValue<string>(), component.Value["default_entity_id"]!.GetValue<string>()]);
}
