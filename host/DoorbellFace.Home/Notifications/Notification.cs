using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Home.Notifications;

/// <summary>What somebody elsewhere is told of a visit. Immutable.</summary>
public sealed record Notification
{
    /// <summary>Names it; the same in every attempt to send it, so that a receiver can tell a second copy.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which door.</summary>
    public required DoorId Door { get; init; }

    /// <summary>When it happened, as the clock on the wall shows it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What stands above it.</summary>
    public required string Title { get; init; }

    /// <summary>What was said of the visitor.</summary>
    public required string Text { get; init; }

    /// <summary>The visit; null for a trial.</summary>
    public VisitRecord? Visit { get; init; }

    /// <summary>An earlier answer about the same visitor was told, and this one is better.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>The visitor's picture as a JPEG file; null: there is none, or it is not to be sent.</summary>
    public byte[]? Jpeg { get; init; }
}
