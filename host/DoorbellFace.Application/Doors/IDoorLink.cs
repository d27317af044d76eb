using DoorbellFace.Core.Link;

namespace DoorbellFace.Application.Doors;

/// <summary>The line to a doorbell, kept alive by itself.</summary>
public interface IDoorLink
{
    /// <summary>A doorbell is there and understood.</summary>
    bool IsUp { get; }

    /// <summary>Somebody has borrowed the port, or is about to get it.</summary>
    bool IsLent { get; }

    /// <summary>What went over the line and what was lost: a copy.</summary>
    LinkStatistics Statistics { get; }

    /// <summary>Whole frames that gave way to newer ones while they waited.</summary>
    long FramesSkipped { get; }

    /// <summary>
    /// Called for each new press the moment it is understood, before any queue. Set before the events are read; it must return at once.
    /// </summary>
    Action<BellReceived>? PressHeard { get; set; }

    /// <summary>
    /// Puts a new press where the end of the program cannot lose it; the device is told that its ring was heard when this is done, or after
    /// a short limit. Set before the events are read. It must not throw. Null: the device is told at once.
    /// </summary>
    Func<BellReceived, Task>? KeepRing { get; set; }

    /// <summary>
    /// The events, in order, until it is cancelled. To be read once. Of frames that wait only the newest is kept; presses are never
    /// dropped.
    /// </summary>
    IAsyncEnumerable<LinkEvent> ReadEventsAsync(CancellationToken cancellationToken);

    /// <summary>Lets go of the port until <paramref name="giveBack"/> is cancelled; then it is opened again.</summary>
    /// <param name="lent">Called when the port is free, with its path; null when it is not known which port would be opened.</param>
    /// <param name="giveBack">Gives it back.</param>
    Task LendAsync(Action<string?> lent, CancellationToken giveBack);

    /// <summary>Sends a command and waits for the answer; false when there is none.</summary>
    Task<bool> SendAsync(HostCommand command, CancellationToken cancellationToken);
}
