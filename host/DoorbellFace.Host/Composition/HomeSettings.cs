using DoorbellFace.Home;
using DoorbellFace.Home.Mqtt;

namespace DoorbellFace.Host.Composition;

/// <summary>The settings of what else in the house is told of the door (docs/home.md, docs/notifications.md), by name.</summary>
internal static class HomeSettings
{
    /// <summary>What each setting changes.</summary>
    public static IReadOnlyDictionary<string, Func<HomeOptions, string, HomeOptions>> Known { get; } =
        new Dictionary<string, Func<HomeOptions, string, HomeOptions>>(NotifySettings.Known, StringComparer.Ordinal)
    {
        ["mqtt.broker"] = Mqtt((mqtt, text) => mqtt with { Broker = text }),
        ["mqtt.port"] = Mqtt((mqtt, text) => mqtt with { Port = RunSettings.Whole(text) }),
        ["mqtt.tls"] = Mqtt((mqtt, text) => mqtt with { UseTls = RunSettings.YesOrNo(text) }),
        ["mqtt.ca_file"] = Mqtt((mqtt, text) => mqtt with { CaFile = Path.GetFullPath(text) }),
        ["mqtt.user"] = Mqtt((mqtt, text) => mqtt with { User = text }),
        ["mqtt.password"] = Mqtt((mqtt, text) => mqtt with { Password = mqtt.Password with { Text = text } }),
        ["mqtt.password_file"] = Mqtt((mqtt, text) => mqtt with { Password = NotifySettings.In(mqtt.Password, text) }),
        ["mqtt.base_topic"] = Mqtt((mqtt, text) => mqtt with { BaseTopic = text }),
        ["mqtt.discovery_prefix"] = Mqtt((mqtt, text) => mqtt with { DiscoveryPrefix = text }),
        ["mqtt.door_name"] = Mqtt((mqtt, text) => mqtt with { DoorName = text }),
        ["mqtt.page_url"] = Mqtt((mqtt, text) => mqtt with { PageUrl = text }),
        ["traces.otlp.url"] = (home, text) => home with { Traces = home.Traces with { Url = text } },
        ["mqtt.person_sensors"] = Mqtt((mqtt, text) => mqtt with { HasPersonSensors = RunSettings.YesOrNo(text) }),
    };

    private static Func<HomeOptions, string, HomeOptions> Mqtt(Func<MqttOptions, string, MqttOptions> set) => (home, text) =>
        home with { Mqtt = set(home.Mqtt, text) };
}
