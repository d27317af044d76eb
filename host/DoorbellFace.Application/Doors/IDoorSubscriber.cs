namespace DoorbellFace.Application.Doors;

/// <summary>Someone who wants to know what happens at a door: the visit log, the screen, a page, a broker.</summary>
/// <remarks>
/// Each subscriber has a bounded queue and a task of its own: a slow one delays nobody, and what it throws is logged and counted and ends
/// nothing.
/// </remarks>
public interface IDoorSubscriber
{
    /// <summary>What logs and counters call it.</summary>
    string Name { get; }

    /// <summary>How much may wait for it, and what gives way.</summary>
    SubscriberQueueOptions Queue => new();

    /// <summary>Something has happened. Called in order, one at a time.</summary>
    ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop);
}

/// <summary>What gives way in a full queue.</summary>
public enum OverflowRule
{
    /// <summary>The event that has waited longest.</summary>
    DropOldest,

    /// <summary>The event that has just come.</summary>
    DropNewest,
}

/// <summary>How much may wait for a subscriber.</summary>
public sealed record SubscriberQueueOptions
{
    /// <summary>Events that may wait: 256 by default, about a minute of a busy door.</summary>
    public int Length { get; init; } = 256;

    /// <summary>What gives way in a full queue; the oldest by default.</summary>
    public OverflowRule Overflow { get; init; } = OverflowRule.DropOldest;
}
