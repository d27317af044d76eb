using System.Globalization;

namespace DoorbellFace.Home.Mqtt;

/// <summary>How the broker is reached, and what things are called there. Without a broker nothing is sent.</summary>
public sealed record MqttOptions
{
    /// <summary>The broker's host name or address; null (the default): no broker is used.</summary>
    public string? Broker { get; init; }

    /// <summary>The broker's port, 1 to 65535; null: 1883, or 8883 with TLS.</summary>
    public int? Port { get; init; }

    /// <summary>The line is encrypted and the broker's certificate checked: not by default.</summary>
    public bool UseTls { get; init; }

    /// <summary>A file with the certificate (PEM) that the broker's own is signed with; null: whom this computer trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>The user at the broker; null: none.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public Secret Password { get; init; } = Secret.None;

    /// <summary>
    /// Every topic but those of discovery begins with this: "doorbellface" by default. Two houses on one broker need two.
    /// </summary>
    public string BaseTopic { get; init; } = "doorbellface";

    /// <summary>Where Home Assistant looks for devices: "homeassistant" by default.</summary>
    public string DiscoveryPrefix { get; init; } = "homeassistant";

    /// <summary>What people call the door in Home Assistant; null: "Doorbell", or with another id than "front" that id behind it.</summary>
    public string? DoorName { get; init; }

    /// <summary>Where a page about the door can be opened, an http address; null: there is none.</summary>
    public string? PageUrl { get; init; }

    /// <summary>An entity for each person enrolled: not by default, since their names then stand in another program.</summary>
    public bool HasPersonSensors { get; init; }

    /// <summary>A broker is used.</summary>
    public bool IsOn => Broker is not null;

    /// <summary>The port that is used.</summary>
    public int UsedPort => Port ?? (UseTls ? 8883 : 1883);

    /// <summary>What is wrong with these options, each in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Complaints()
    {
        var complaints = new List<string>();
        if (Broker is not null && Uri.CheckHostName(Broker) == UriHostNameType.Unknown)
            complaints.Add($"mqtt.broker is \"{Broker}\": expected a host name or an address, such as \"homeassistant.local\".");
        if (Port is < 1 or > 65535)
            complaints.Add(string.Create(CultureInfo.InvariantCulture, $"mqtt.port is {Port}: expected 1 to 65535."));
        if (!IsTopic(BaseTopic))
            complaints.Add(
                $"mqtt.base_topic is \"{BaseTopic}\": expected words of letters, digits, hyphens and underscores, with slashes between "
                + $"them.");
        if (!IsTopic(DiscoveryPrefix))
            complaints.Add(
                $"mqtt.discovery_prefix is \"{DiscoveryPrefix}\": expected words of letters, digits, hyphens and underscores, with slashes "
                + $"between them.");
        if (CaFile is not null && !UseTls) complaints.Add("mqtt.ca_file is of use with TLS only: set mqtt.tls to true.");
        if (CaFile is not null && !File.Exists(CaFile)) complaints.Add($"mqtt.ca_file: there is no file {CaFile}.");
        complaints.AddRange(Password.Complaints("mqtt.password"));
        if (Password.IsSet && User is null) complaints.Add("There is a password for the broker, but no mqtt.user.");
        if (PageUrl is not null && !(Uri.TryCreate(PageUrl, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"))
            complaints.Add($"mqtt.page_url is \"{PageUrl}\": expected an address that begins with http:// or https://.");
        return complaints;
    }

    private static bool IsTopic(string text) =>
        text.Length is > 0 and <= 100 && text.Split('/')
            .All(word => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));
}
