namespace DoorbellFace.Core.Link;

/// <summary>What started a frame.</summary>
public enum FrameTrigger
{
    /// <summary>A trigger that this version does not know.</summary>
    Other = 0,

    /// <summary>The bell button.</summary>
    Bell = 1,

    /// <summary>The command "capture one".</summary>
    Request = 2,

    /// <summary>The command "stream".</summary>
    Stream = 3,

    /// <summary>The motion sensor.</summary>
    Motion = 4,
}

/// <summary>A frame begins (docs/protocol.md).</summary>
/// <param name="Sequence">0 to 16383.</param>
/// <param name="Mode">0 to 9.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Format">Code of the rows' format; see <see cref="WireFormat"/>.</param>
/// <param name="Trigger">A <see cref="FrameTrigger"/>.</param>
/// <param name="Flags">Bit 0: the sensor shows its test bars.</param>
public readonly record struct FrameStartPacket(int Sequence, int Mode, int Width, int Height, int Format, int Trigger, int Flags)
    : IPacket<FrameStartPacket>
{
    /// <inheritdoc/>
    public static PacketType Type => PacketType.FrameStart;

    /// <summary>The sensor shows its test bars instead of the world.</summary>
    public bool ShowsTestBars => (Flags & 1) != 0;

    /// <inheritdoc/>
    public static FrameStartPacket Read(ref FieldReader reader) => new(
        reader.ReadU14(), reader.ReadU7(), reader.ReadU14(), reader.ReadU14(), reader.ReadU7(), reader.ReadU7(), reader.ReadU7());

    /// <inheritdoc/>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteU14(Sequence);
        writer.WriteU7(Mode);
        writer.WriteU14(Width);
        writer.WriteU14(Height);
        writer.WriteU7(Format);
        writer.WriteU7(Trigger);
        writer.WriteU7(Flags);
    }
}

/// <summary>A frame is complete (docs/protocol.md).</summary>
/// <param name="Sequence">0 to 16383.</param>
/// <param name="RowsSent">Rows that the device sent.</param>
/// <param name="TransmitOverruns">Bytes that the device could not send in time.</param>
/// <param name="Timeouts">Waits for the sensor that were given up.</param>
/// <param name="ExposureRows">Exposure in row periods.</param>
/// <param name="Gain">The sensor's gain value, 0 to 1023.</param>
public readonly record struct FrameEndPacket(int Sequence, int RowsSent, int TransmitOverruns, int Timeouts, int ExposureRows, int Gain)
    : IPacket<FrameEndPacket>
{
    /// <inheritdoc/>
    public static PacketType Type => PacketType.FrameEnd;

    /// <inheritdoc/>
    public static FrameEndPacket Read(ref FieldReader reader) => new(
        reader.ReadU14(), reader.ReadU14(), reader.ReadU14(), reader.ReadU14(), reader.ReadU21(), reader.ReadU14());

    /// <inheritdoc/>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteU14(Sequence);
        writer.WriteU14(RowsSent);
        writer.WriteU14(TransmitOverruns);
        writer.WriteU14(Timeouts);
        writer.WriteU21(ExposureRows);
        writer.WriteU14(Gain);
    }
}

/// <summary>One row of pixels. The pixels point into the receiver's buffer and are gone with the next packet.</summary>
/// <param name="sequenceLow">Low 7 bits of the frame's sequence.</param>
/// <param name="rowIndex">0 is the top row.</param>
/// <param name="pixels">As the format of FRAME_START has them; no byte is 0.</param>
public readonly ref struct RowPacket(int sequenceLow, int rowIndex, ReadOnlySpan<byte> pixels)
{
    /// <summary>Low 7 bits of the frame's sequence.</summary>
    public int SequenceLow { get; } = sequenceLow;

    /// <summary>0 is the top row.</summary>
    public int RowIndex { get; } = rowIndex;

    /// <summary>As the format of FRAME_START has them; no byte is 0.</summary>
    public ReadOnlySpan<byte> Pixels { get; } = pixels;

    /// <summary>Reads a body whose CRC was right; false when it is too short or a number's byte lacks its top bit.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> body, out RowPacket row)
    {
        var reader = new FieldReader(body);
        int sequenceLow = reader.ReadU7(), rowIndex = reader.ReadU14();
        row = new RowPacket(sequenceLow, rowIndex, reader.Rest);
        return !reader.Failed && !row.Pixels.IsEmpty;
    }

    /// <summary>Writes a whole packet.</summary>
    /// <returns>Bytes written.</returns>
    public static int Encode(int sequence, int rowIndex, ReadOnlySpan<byte> pixels, Span<byte> target)
    {
        var writer = new PacketWriter(target, PacketType.Row);
        writer.WriteU7(sequence & 0x7F);
        writer.WriteU14(rowIndex);
        writer.WritePixels(pixels);
        return writer.Finish();
    }
}
