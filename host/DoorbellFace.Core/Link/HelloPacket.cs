namespace DoorbellFace.Core.Link;

/// <summary>What the device is and what it sends (docs/protocol.md).</summary>
/// <param name="ProtocolMajor">Another major version cannot be understood.</param>
/// <param name="ProtocolMinor">A higher minor version adds packets and fields at the end.</param>
/// <param name="FirmwareMajor">Firmware version, first part.</param>
/// <param name="FirmwareMinor">Firmware version, second part.</param>
/// <param name="FirmwarePatch">Firmware version, third part.</param>
/// <param name="Board">What it is built on.</param>
/// <param name="Boot">Number of starts modulo 128.</param>
/// <param name="ResetCause">Bits: 0 power on, 1 reset pin, 2 brown-out, 3 watchdog.</param>
/// <param name="SensorPid">OV7670 register PID: 0x76 when the wiring is right.</param>
/// <param name="SensorVer">OV7670 register VER: 0x73.</param>
/// <param name="Mode">0 to 9.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Format">Code of the pixel format; see <see cref="WireFormat"/>.</param>
/// <param name="Clkrc">The sensor's clock register.</param>
/// <param name="BaudRateBitsPerSecond">Speed of the line.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="DeviceNumber">By what it is known again: drawn by lot at its first start; 0 from a device of before protocol 1.2.</param>
public readonly record struct HelloPacket(
    int ProtocolMajor, int ProtocolMinor, int FirmwareMajor, int FirmwareMinor, int FirmwarePatch, BoardKind Board, int Boot,
        int ResetCause,
    int SensorPid, int SensorVer, int Mode, int Width, int Height, int Format, int Clkrc, int BaudRateBitsPerSecond,
        DeviceCapabilities Capabilities, int DeviceNumber = 0)
    : IPacket<HelloPacket>
{
    /// <summary>The major version that this program speaks.</summary>
    public const int CurrentMajor = 1;

    /// <summary>The minor version that this program speaks.</summary>
    public const int CurrentMinor = 2;

    private const int QvgaGray = 0, QvgaGrayCompressed = 4;

    /// <inheritdoc/>
    public static PacketType Type => PacketType.Hello;

    /// <summary>
    /// The mode that gives the most frames a second at the same size and in gray, of those that this program and the device know; null when
    /// that is the mode that it is in, or when it cannot be changed.
    /// </summary>
    public int? FasterMode =>
        Mode == QvgaGray && Capabilities.HasFlag(DeviceCapabilities.Modes | DeviceCapabilities.CompressedRows) ? QvgaGrayCompressed : null;

    /// <summary>The firmware's version in words: "1.2.3".</summary>
    public string FirmwareVersion => $"{FirmwareMajor}.{FirmwareMinor}.{FirmwarePatch}";

    /// <inheritdoc/>
    public static HelloPacket Read(ref FieldReader reader) => new(
        reader.ReadU7(), reader.ReadU7(), reader.ReadU7(), reader.ReadU7(), reader.ReadU7(), (BoardKind)reader.ReadU7(), reader.ReadU7(),
            reader.ReadU7(),
        reader.ReadU14(), reader.ReadU14(), reader.ReadU7(), reader.ReadU14(), reader.ReadU14(), reader.ReadU7(), reader.ReadU14(),
            reader.ReadU28(),
        (DeviceCapabilities)reader.ReadU14(), reader.Rest.IsEmpty ? 0 : reader.ReadU28());

    /// <inheritdoc/>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteU7(ProtocolMajor);
        writer.WriteU7(ProtocolMinor);
        writer.WriteU7(FirmwareMajor);
        writer.WriteU7(FirmwareMinor);
        writer.WriteU7(FirmwarePatch);
        writer.WriteU7((int)Board);
        writer.WriteU7(Boot);
        writer.WriteU7(ResetCause);
        writer.WriteU14(SensorPid);
        writer.WriteU14(SensorVer);
        writer.WriteU7(Mode);
        writer.WriteU14(Width);
        writer.WriteU14(Height);
        writer.WriteU7(Format);
        writer.WriteU14(Clkrc);
        writer.WriteU28(BaudRateBitsPerSecond);
        writer.WriteU14((int)Capabilities);
        writer.WriteU28(DeviceNumber);
    }
}
