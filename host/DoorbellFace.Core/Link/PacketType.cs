namespace DoorbellFace.Core.Link;

/// <summary>First byte of a packet (docs/protocol.md, "Types").</summary>
public enum PacketType : byte
{
    /// <summary>No packet has this type.</summary>
    None = 0,

    /// <summary>What the device is and sends: <see cref="HelloPacket"/>.</summary>
    Hello = 0x81,

    /// <summary>A frame begins: <see cref="FrameStartPacket"/>.</summary>
    FrameStart = 0x82,

    /// <summary>One row of pixels: <see cref="RowPacket"/>.</summary>
    Row = 0x83,

    /// <summary>A frame is complete: <see cref="FrameEndPacket"/>.</summary>
    FrameEnd = 0x84,

    /// <summary>The button was pressed: <see cref="BellPacket"/>.</summary>
    Bell = 0x85,

    /// <summary>The device's counters and health: <see cref="StatusPacket"/>.</summary>
    Status = 0x86,

    /// <summary>A remark in words: <see cref="LogPacket"/>.</summary>
    Log = 0x87,

    /// <summary>Answer to a command: <see cref="AckPacket"/>.</summary>
    Ack = 0x88,

    /// <summary>Nothing but bytes, by which the host judges the line: <see cref="LinePacket"/>.</summary>
    Line = 0x89,
}
