namespace DoorbellFace.Core.Link;

/// <summary>How much damage a frame may have.</summary>
public sealed record FrameAssemblerOptions
{
    /// <summary>Missing rows, as a part of all rows, up to which a frame is mended: 0 to 0.5; 0.05 (12 of 240 rows) by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 0.5: of a frame with no row at all nothing can be drawn.</exception>
    public float MaxMissingPart
    {
        get;
        init => field = value is >= 0f and <= 0.5f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxMissingPart), value, "The part of rows that may be missing is 0 to 0.5.");
    } = 0.05f;

    /// <summary>Missing rows in a run up to which a frame is mended: 3 by default. More would blur a mouth or an eye away.</summary>
    public int MaxMissingRun { get; init; } = 3;

    /// <summary>A frame whose packets stop coming ends after this time: 500 ms by default (docs/protocol.md, "Frames").</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(500);
}
