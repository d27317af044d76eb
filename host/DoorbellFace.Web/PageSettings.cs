using System.Net;

namespace DoorbellFace.Web;

/// <summary>Where the page is.</summary>
public sealed record PageSettings
{
    /// <summary>Whether there is one: true by default.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Its TCP port, 1 to 65535, or 0 for any that is free: 8455 by default.</summary>
    public int Port { get; init; } = 8455;

    /// <summary>The address of this computer that it listens at: 127.0.0.1 by default, which only this computer can reach.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Names by which browsers may call this computer, besides localhost and the address itself; another name is refused. None by default.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
