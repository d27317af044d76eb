using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <summary>What came of the frames and visits since the start.</summary>
public sealed class PipelineCounters
{
    /// <summary>New presses of the button.</summary>
    public long Rings { get; set; }

    /// <summary>Frames that went through detection and recognition.</summary>
    public long FramesLookedAt { get; set; }

    /// <summary>Frames among them with a face.</summary>
    public long FramesWithFace { get; set; }

    /// <summary>Frames that the networks failed on.</summary>
    public long FramesFailed { get; set; }

    /// <summary>Frames that the link refused.</summary>
    public long FramesRefused { get; set; }

    /// <summary>Frames passed over because a newer one was waiting.</summary>
    public long FramesSkipped { get; set; }

    /// <summary>Visits by what they came to; a visit whose answer was improved counts as the better one.</summary>
    public Dictionary<VisitOutcome, long> Visits { get; } = [];

    /// <summary>Counts a visit when it ends.</summary>
    public void Count(VisitEvent visitEvent)
    {
        if (visitEvent is VisitEnded ended) AddOne(Visits, ended.Visit.Outcome);
    }

    private static void AddOne(Dictionary<VisitOutcome, long> counts, VisitOutcome outcome) =>
        counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
}
