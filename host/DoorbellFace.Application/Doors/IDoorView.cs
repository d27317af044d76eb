using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <summary>What a page sees of a running door, and asks of it. Thread-safe.</summary>
public interface IDoorView : IDoorRequests
{
    /// <summary>The door as it stands, in facts.</summary>
    DoorFacts Facts { get; }

    /// <summary>
    /// The newest picture of the camera; null when there is none, or when it belonged to a visit that is over and nobody watches.
    /// </summary>
    DoorPicture? Picture { get; }

    /// <summary>
    /// Has the camera send pictures until the last of those who watch has gone. They begin no visit, and nothing is said of them.
    /// </summary>
    /// <returns>Dispose of it to stop watching.</returns>
    IDisposable Watch();

    /// <summary>Sounds the bell, then looks and says who is there, as if somebody had rung.</summary>
    /// <returns>The sentence that was said.</returns>
    /// <exception cref="DoorbellException">There is no doorbell to look with, or nothing came of it.</exception>
    Task<string> RingForTrialAsync(CancellationToken stop);
}

/// <summary>A door in facts, for whoever puts them into words.</summary>
/// <param name="Door">Which.</param>
/// <param name="IsUp">The doorbell is there and understood.</param>
/// <param name="Link">What people call the line, such as "/dev/ttyACM0 at 1,000,000 bit/s"; null while there is none.</param>
/// <param name="Hello">How the doorbell introduced itself; null while there is none.</param>
/// <param name="LinkTrouble">Why there is no doorbell, as a sentence; null while there is one, or while nothing is known.</param>
/// <param name="Statistics">What went over the line and what was lost.</param>
/// <param name="FrameAt">When the last frame came, as the clock on the wall shows it; null when none has come.</param>
/// <param name="Names">Whom it knows.</param>
/// <param name="Trouble">Why it knows fewer than are enrolled, or cannot look, as sentences; null when all is well.</param>
/// <param name="Sound">Where the sound goes, in words that fit after "to".</param>
/// <param name="LastSaid">The last sentence about a visitor; null when there is none yet.</param>
/// <param name="Visit">The visit that goes on; null when there is none.</param>
public sealed record DoorFacts(
    DoorId Door, bool IsUp, string? Link, HelloPacket? Hello, string? LinkTrouble, LinkStatistics Statistics, DateTimeOffset? FrameAt,
        IReadOnlyList<string> Names, string? Trouble, string Sound,
    string? LastSaid, VisitRecord? Visit);

/// <summary>A picture of the camera. Immutable.</summary>
/// <param name="Number">Counts the pictures of this run, from 1.</param>
/// <param name="At">When it came, as the clock on the wall shows it.</param>
/// <param name="Pixels">The frame.</param>
/// <param name="Faces">Where faces were found; empty when there was none, or when it was not looked at.</param>
public sealed record DoorPicture(long Number, DateTimeOffset At, PixelBuffer Pixels, IReadOnlyList<PixelRect> Faces);
