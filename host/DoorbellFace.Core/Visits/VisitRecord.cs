namespace DoorbellFace.Core.Visits;

/// <summary>One visit, from the first press or observation until the visitor has gone. An immutable state: the tracker replaces it as it learns more.</summary>
public sealed record VisitRecord
{
    /// <summary>Names the visit; ordered by time (UUID version 7).</summary>
    public required Guid Id { get; init; }

    /// <summary>First press or observation.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the visitor had gone; null while the visit goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What began it.</summary>
    public required VisitStart StartedBy { get; init; }

    /// <summary>What it came to.</summary>
    public VisitOutcome Outcome { get; init; } = VisitOutcome.Open;

    /// <summary>Who it is, for Known and Uncertain; otherwise null.</summary>
    public string? Name { get; init; }

    /// <summary>The probability behind the answer, 0 to 1; null without a face.</summary>
    public float? Score { get; init; }

    /// <summary>Presses of the button during the visit.</summary>
    public int Rings { get; init; }

    /// <summary>Frames that were looked at.</summary>
    public int FramesSeen { get; init; }

    /// <summary>Frames among them with a face.</summary>
    public int FramesWithFace { get; init; }

    /// <summary>Frames that were too damaged to be looked at.</summary>
    public int FramesRefused { get; init; }

    /// <summary>Why it came to this, in sentences with figures.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The picture kept of it, relative to the store's folder; null when there is none.</summary>
    public string? PicturePath { get; init; }
}
