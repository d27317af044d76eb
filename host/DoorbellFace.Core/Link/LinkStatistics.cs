namespace DoorbellFace.Core.Link;

/// <summary>
/// What went over the link and what was lost on the way. Every received byte is in exactly one of <see cref="BytesInPackets"/>,
/// <see cref="BytesDiscarded"/> and the decoder's pending bytes. Written by the worker that reads the link; others take a
/// <see cref="Snapshot"/>.
/// </summary>
public sealed record LinkStatistics
{
    /// <summary>Bytes that arrived.</summary>
    public long BytesReceived { get; internal set; }

    /// <summary>Bytes of packets with a right CRC, their closing 00 included, and lone 00 bytes.</summary>
    public long BytesInPackets { get; internal set; }

    /// <summary>Bytes thrown away: damaged, oversized, or cut off.</summary>
    public long BytesDiscarded { get; internal set; }

    /// <summary>Packets with a right CRC.</summary>
    public long PacketsAccepted { get; internal set; }

    /// <summary>Packets with a wrong CRC or too short to have one.</summary>
    public long CrcFailures { get; internal set; }

    /// <summary>Runs of bytes longer than any packet.</summary>
    public long OversizedPackets { get; internal set; }

    /// <summary>Lone 00 bytes.</summary>
    public long EmptyPackets { get; internal set; }

    /// <summary>Packets with a right CRC and a body that does not fit their type.</summary>
    public long MalformedPackets { get; internal set; }

    /// <summary>Packets of a type that this version does not know.</summary>
    public long UnknownPackets { get; internal set; }

    /// <summary>Rows that found their place in a frame.</summary>
    public long RowsReceived { get; internal set; }

    /// <summary>Rows that came twice.</summary>
    public long RowsDuplicated { get; internal set; }

    /// <summary>Rows that belong to no frame: before the first FRAME_START, of another length, or below the last row.</summary>
    public long RowsMisplaced { get; internal set; }

    /// <summary>Rows that never came, in accepted and refused frames.</summary>
    public long RowsMissing { get; internal set; }

    /// <summary>Frames without a missing row.</summary>
    public long FramesWhole { get; internal set; }

    /// <summary>Frames with a few rows drawn from their neighbours.</summary>
    public long FramesConcealed { get; internal set; }

    /// <summary>Frames with too many rows missing, never shown.</summary>
    public long FramesRefused { get; internal set; }

    /// <summary>Frames of which nothing came, or nothing but their end: seen by the numbers left out.</summary>
    public long FramesMissed { get; internal set; }

    /// <summary>Presses heard.</summary>
    public long Presses { get; internal set; }

    /// <summary>BELL packets of a press already heard.</summary>
    public long BellRepeats { get; internal set; }

    /// <summary>Presses whose number was skipped.</summary>
    public long PressesMissed { get; internal set; }

    /// <summary>Presses faster than any button, which did not ring (<see cref="PressFlood"/>).</summary>
    public long PressesTooFast { get; internal set; }

    /// <summary>A copy that no longer changes.</summary>
    public LinkStatistics Snapshot() => this with { };
}
