using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Link;

/// <summary>
/// Rows to frames. Rows are placed by their number; a frame with a few missing rows is mended from their neighbours, one with many is
/// refused. Not thread-safe: one worker owns it.
/// </summary>
public sealed class FrameAssembler
{
    /// <summary>Larger than any mode of the sensor; a FRAME_START beyond it is nonsense.</summary>
    private const int MaxEdgePixels = 1280;

    private readonly FrameAssemblerOptions _options;
    private readonly LinkStatistics _statistics;

    private Geometry? _geometry;
    private OpenFrame? _open;
    private int? _lastSequence;

    /// <summary>Counts into <paramref name="statistics"/>.</summary>
    public FrameAssembler(FrameAssemblerOptions options, LinkStatistics statistics)
    {
        _options = options;
        _statistics = statistics;
    }

    /// <summary>A frame has begun and not ended: bytes of it may be on the line.</summary>
    public bool FrameIsUnderWay => _open is not null;

    /// <summary>A frame has begun. A frame still open ends here.</summary>
    /// <returns>What the frame before came to, or null.</returns>
    public LinkEvent? Start(FrameStartPacket start, DateTimeOffset at)
    {
        LinkEvent? before = _open is null ? null : Close(null);
        bool possible = WireFormat.TryFromCode(start.Format, out PixelFormat format)
            && start.Width is >= 2 and <= MaxEdgePixels && start.Height is >= 1 and <= MaxEdgePixels
            && (start.Width % 2 == 0 || format != PixelFormat.Yuv422 && start.Format != WireFormat.CompressedGray);
        if (!possible)
        {
            _statistics.MalformedPackets++;
            return before;
        }
        _geometry = new Geometry(start.Width, start.Height, format, start.Format);
        _open = new OpenFrame(_geometry, start.Sequence, at) { Start = start };
        return before;
    }

    /// <summary>A row has arrived.</summary>
    /// <returns>What the frame before came to, if this row is the first sign of a new one; or null.</returns>
    public LinkEvent? Add(RowPacket row, DateTimeOffset at)
    {
        LinkEvent? before = null;
        if (_geometry is null || row.Pixels.Length != _geometry.WireBytes || row.RowIndex >= _geometry.Height)
        {
            _statistics.RowsMisplaced++;
            return null;
        }
        if (_open is null || row.SequenceLow != _open.SequenceLow)
        {
            if (_open is not null) before = Close(null);
            _open = new OpenFrame(_geometry, Sequence: -1, at) { SequenceLow = row.SequenceLow };
        }
        _open.LastPacketAt = at;
        if (_open.Has[row.RowIndex])
        {
            _statistics.RowsDuplicated++;
            return before;
        }
        Span<byte> place = _open.Pixels.AsSpan(row.RowIndex * _geometry.RowBytes, _geometry.RowBytes);
        if (!_geometry.IsCompressed) row.Pixels.CopyTo(place);
        else if (!CompressedRow.TryDecode(row.Pixels, place))
        {
            _statistics.MalformedPackets++;
            return before;
        }
        _statistics.RowsReceived++;
        _open.Has[row.RowIndex] = true;
        return before;
    }

    /// <summary>A frame has ended.</summary>
    /// <returns>What it came to; null when no row and no start of it was seen.</returns>
    public LinkEvent? End(FrameEndPacket end, DateTimeOffset at)
    {
        if (_open is null)
        {
            // Unless it is the end of a frame closed early, all that came of this frame is its end: it was missed like those before it.
            if (_lastSequence is { } last && end.Sequence != last)
            {
                _statistics.FramesMissed += SequenceNumbers.Skipped(last, (end.Sequence + 1) % SequenceNumbers.Frames,
                    SequenceNumbers.Frames);
                _lastSequence = end.Sequence;
            }
            return null;
        }
        _open.LastPacketAt = at;
        return _open.Belongs(end.Sequence) ? Close(end) : Close(null);
    }

    /// <summary>Ends a frame whose packets have stopped coming.</summary>
    public LinkEvent? Tick(DateTimeOffset now) => _open is not null && now - _open.LastPacketAt >= _options.Timeout ? Close(null) : null;

    /// <summary>Ends the open frame, as when the cable was pulled or the device began again; the next frame may have any number.</summary>
    public LinkEvent? Abandon()
    {
        LinkEvent? before = _open is null ? null : Close(null);
        _lastSequence = null;
        return before;
    }

    private LinkEvent Close(FrameEndPacket? end)
    {
        OpenFrame frame = _open!;
        _open = null;
        int sequence = frame.Sequence >= 0 ? frame.Sequence : end?.Sequence ?? FromLowBits(frame.SequenceLow);
        if (sequence >= 0)
        {
            if (_lastSequence is { } last) _statistics.FramesMissed += SequenceNumbers.Skipped(last, sequence, SequenceNumbers.Frames);
            _lastSequence = sequence;
        }
        int height = frame.Geometry.Height;
        int[] missing = [.. Enumerable.Range(0, height).Where(row => !frame.Has[row])];
        _statistics.RowsMissing += missing.Length;
        int allowed = (int)(height * _options.MaxMissingPart), longestRun = LongestRun(missing);
        if (missing.Length > allowed || longestRun > _options.MaxMissingRun)
        {
            _statistics.FramesRefused++;
            return new FrameRefused(frame.LastPacketAt, sequence,
                $"{missing.Length} of {height} rows are missing, {longestRun} in a run; at most {allowed} rows, {_options.MaxMissingRun} "
                + $"in a run, can be drawn from their neighbours.");
        }
        foreach (int row in missing) Conceal(frame, row);
        if (missing.Length == 0) _statistics.FramesWhole++;
        else _statistics.FramesConcealed++;
        var pixels = new PixelBuffer(frame.Geometry.Width, height, frame.Geometry.Format, frame.Pixels);
        var trigger = (FrameTrigger)(frame.Start?.Trigger ?? 0);
        return new FrameReceived(frame.LastPacketAt, new Frame(pixels, sequence, frame.LastPacketAt, missing),
            Enum.IsDefined(trigger) ? trigger : FrameTrigger.Other, frame.Start?.ShowsTestBars ?? false, end);
    }

    /// <summary>
    /// The number of a frame of which only rows came: the nearest behind the last that ends in these 7 bits; -1 when none was known.
    /// </summary>
    private int FromLowBits(int low) => _lastSequence is { } last ? (last + ((low - last) & 0x7F)) % SequenceNumbers.Frames : -1;

    /// <summary>
    /// Draws a missing row between the nearest rows that came, above and below; at the edge of the frame, like the nearest one.
    /// </summary>
    private static void Conceal(OpenFrame frame, int row)
    {
        int rowBytes = frame.Geometry.RowBytes, height = frame.Geometry.Height;
        int above = row - 1, below = row + 1;
        while (above >= 0 && !frame.Has[above]) above--;
        while (below < height && !frame.Has[below]) below++;
        if (above < 0) above = below;
        if (below >= height) below = above;
        ReadOnlySpan<byte> upper = frame.Pixels.AsSpan(above * rowBytes, rowBytes), lower = frame.Pixels.AsSpan(below * rowBytes, rowBytes);
        Span<byte> target = frame.Pixels.AsSpan(row * rowBytes, rowBytes);
        int distance = below - above;
        for (int i = 0; i < rowBytes; i++)
        {
            target[i] = distance == 0
                ? upper[i]
                : (byte)(((upper[i] * (below - row)) + (lower[i] * (row - above)) + (distance / 2)) / distance);
        }
    }

    private static int LongestRun(int[] ascending)
    {
        int longest = 0, run = 0;
        for (int i = 0; i < ascending.Length; i++)
        {
            run = i > 0 && ascending[i] == ascending[i - 1] + 1 ? run + 1 : 1;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    private sealed record Geometry(int Width, int Height, PixelFormat Format, int WireCode)
    {
        public bool IsCompressed => WireCode == WireFormat.CompressedGray;

        public int RowBytes { get; } = Width * Format.BytesPerPixel();

        public int WireBytes { get; } = WireFormat.RowBytes(WireCode, Format, Width);
    }

    private sealed record OpenFrame(Geometry Geometry, int Sequence, DateTimeOffset StartedAt)
    {
        public byte[] Pixels { get; } = new byte[Geometry.RowBytes * Geometry.Height];

        public bool[] Has { get; } = new bool[Geometry.Height];

        /// <summary>Low 7 bits of the sequence, for a frame whose FRAME_START was lost.</summary>
        public int SequenceLow { get; init; } = Sequence & 0x7F;

        public FrameStartPacket? Start { get; init; }

        public DateTimeOffset LastPacketAt { get; set; } = StartedAt;

        public bool Belongs(int sequence) => Sequence >= 0 ? sequence == Sequence : (sequence & 0x7F) == SequenceLow;
    }
}
