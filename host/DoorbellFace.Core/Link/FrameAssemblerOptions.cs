namespace DoorbellFace.Core.Link;

/// <summary>How much damage a frame may have.</summary>
public sealed record FrameAssemblerOptions
{
    /// <summary>Missing rows, as a part of all rows, up to which a frame is mended: 0 to 0.5; 0.05 (12 of 240 rows) by default.</summary>
    public float MaxMissingPart { get; init; } = 0.05f;

    /// <summary>Missing rows in a run up to which a frame is mended: 3 by default. More would blur a mouth or an eye away.</summary>
    public int MaxMissingRun { get; init; } = 3;

    /// <summary>A frame whose packets stop coming ends after this time: 500 ms by default (docs/protocol.md, "Frames").</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(500);
}
