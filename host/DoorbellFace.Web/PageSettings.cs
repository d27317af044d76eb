using System.Net;

namespace DoorbellFace.Web;

/// <summary>Where the page is.</summary>
public sealed record PageSettings
{
    /// <summary>Whether there is one: false by default.</summary>
    public bool IsOn { get; init; }

    /// <summary>Its TCP port, 1 to 65535, or 0 for any that is free: 8455 by default.</summary>
    public int Port { get; init; } = 8455;

    /// <summary>The address of this computer that it listens at: 127.0.0.1 by default, which only this computer can reach.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// Names by which browsers may call this computer, besides localhost and the address itself; another name is refused. None by default.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// The address of Home Assistant's proxy, where the page is opened through its ingress and from nowhere else; null otherwise.
    /// </summary>
    public IPAddress? Ingress { get; init; }

    /// <summary>Where a browser on this computer finds it.</summary>
    public string Location =>
        $"http://{(Equals(Address, IPAddress.Loopback) || Equals(Address, IPAddress.Any) ? "localhost" : Address)}:{Port}/";

    /// <summary>The address that a setting's text is.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IPAddress AddressOf(string text) => IPAddress.TryParse(text, out IPAddress? address)
        ? address
        : throw new FormatException(
            "expected an address of this computer, such as 127.0.0.1 (this computer alone) or 0.0.0.0 (all that it has).");

    /// <summary>The names in a setting's text.</summary>
    /// <exception cref="FormatException">One of them is none.</exception>
    public static IReadOnlyList<string> HostsOf(string text)
    {
        string[] hosts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return hosts.All(host => Uri.CheckHostName(host) == UriHostNameType.Dns)
            ? hosts
            : throw new FormatException("expected names, with commas between them, such as doorbell.example.");
    }

    /// <summary>What is wrong, as sentences.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Port is < 0 or > 65535) yield return $"page.port is {Port}: expected 1 to 65535, or 0 for any that is free.";
    }
}
