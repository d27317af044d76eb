namespace DoorbellFace.Adapters.Serial;

/// <summary>What the link's supervisor has done, over all connections.</summary>
public sealed record DoorbellLinkCounters
{
    /// <summary>Devices that have introduced themselves.</summary>
    public long Connections { get; internal set; }

    /// <summary>Connections that have ended.</summary>
    public long Disconnections { get; internal set; }

    /// <summary>Command bytes sent, repeats and acknowledgements of the bell included.</summary>
    public long CommandsSent { get; internal set; }

    /// <summary>Commands sent again because no ACK came.</summary>
    public long CommandsRepeated { get; internal set; }

    /// <summary>Commands given up because no ACK came.</summary>
    public long CommandsUnanswered { get; internal set; }

    /// <summary>Commands sent while a frame was under way because no gap was found in time.</summary>
    public long CommandsSentIntoFrames { get; internal set; }

    /// <summary>Whole frames that gave way to newer ones before anybody looked at them.</summary>
    public long FramesSkipped { get; internal init; }

    /// <summary>Remarks, counters and refusals that gave way to newer ones.</summary>
    public long EventsDropped { get; internal init; }
}
