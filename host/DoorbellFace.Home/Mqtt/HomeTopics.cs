using DoorbellFace.Core.Identity;

namespace DoorbellFace.Home.Mqtt;

/// <summary>What is said under which topic (docs/home.md).</summary>
internal sealed class HomeTopics
{
    private readonly string _door;

    public HomeTopics(MqttOptions options, DoorId door)
    {
        _door = $"{options.BaseTopic}/{door.Value}";
        HouseId = options.BaseTopic.Replace('/', '_');
        DeviceId = $"{HouseId}_{door.Value}";
        HouseState = $"{options.BaseTopic}/house/version";
        HouseDiscovery = $"{options.DiscoveryPrefix}/device/{HouseId}/config";
        DoorDiscovery = $"{options.DiscoveryPrefix}/device/{DeviceId}/config";
        HomeAssistantStatus = $"{options.DiscoveryPrefix}/status";
    }

    /// <summary>Names the house, and the door's device, for programs.</summary>
    public string HouseId { get; }

    public string DeviceId { get; }

    /// <summary>Retained: how the house and the door introduce themselves.</summary>
    public string HouseDiscovery { get; }

    public string DoorDiscovery { get; }

    /// <summary>Where Home Assistant says that it has started.</summary>
    public string HomeAssistantStatus { get; }

    public string HouseState { get; }

    /// <summary>"online", or "offline", which the broker says when the line breaks. Retained.</summary>
    public string Availability => $"{_door}/availability";

    /// <summary>Never retained: what happens once.</summary>
    public string Ring => $"{_door}/ring";

    public string Visitor => $"{_door}/visitor";

    /// <summary>A JPEG. Never retained: a face does not stay at the broker.</summary>
    public string Picture => $"{_door}/picture";

    /// <summary>Retained: how things stand.</summary>
    public string LastVisitor => $"{_door}/last_visitor";

    public string LastSentence => $"{_door}/last_sentence";

    public string Cable => $"{_door}/cable";

    public string Problem => $"{_door}/problem";

    public string SomeoneInView => $"{_door}/someone_in_view";

    public string MissedRings => $"{_door}/missed_rings";

    public string Mute => $"{_door}/mute";

    public string Volume => $"{_door}/volume";

    public string Rate => $"{_door}/rate";

    /// <summary>Every command of this door.</summary>
    public string AllCommands => $"{_door}/set/+";

    /// <summary>When somebody was last at the door. Retained, and only where that is asked for.</summary>
    public string Person(PersonId person) => $"{_door}/person/{person.Value:N}";

    /// <summary>Where a command is given.</summary>
    public string Command(string name) => $"{_door}/set/{name}";

    /// <summary>The command of a topic; null for another topic.</summary>
    public string? CommandOf(string topic) =>
        topic.StartsWith($"{_door}/set/", StringComparison.Ordinal) ? topic[$"{_door}/set/".Length..] : null;

    /// <summary>The key of a person's component.</summary>
    public static string PersonKey(PersonId person) => $"person_{person.Value:N}";
}
