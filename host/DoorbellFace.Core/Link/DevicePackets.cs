using System.Globalization;

namespace DoorbellFace.Core.Link;

/// <summary>The button was pressed; repeated until acknowledged (docs/protocol.md, "The bell").</summary>
/// <param name="Boot">Number of starts modulo 128: with <paramref name="Press"/> it names a press for good.</param>
/// <param name="Press">1 to 16383.</param>
public readonly record struct BellPacket(int Boot, int Press) : IPacket<BellPacket>
{
    /// <inheritdoc/>
    public static PacketType Type => PacketType.Bell;

    /// <inheritdoc/>
    public static BellPacket Read(ref FieldReader reader) => new(reader.ReadU7(), reader.ReadU14());

    /// <inheritdoc/>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteU7(Boot);
        writer.WriteU14(Press);
    }
}

/// <summary>Answer to a command.</summary>
/// <param name="Command">The command without its parity bit.</param>
/// <param name="Result">What became of it.</param>
public readonly record struct AckPacket(int Command, AckResult Result) : IPacket<AckPacket>
{
    /// <inheritdoc/>
    public static PacketType Type => PacketType.Ack;

    /// <inheritdoc/>
    public static AckPacket Read(ref FieldReader reader) => new(reader.ReadU7(), (AckResult)reader.ReadU7());

    /// <inheritdoc/>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteU7(Command);
        writer.WriteU7((int)Result);
    }
}

/// <summary>One of the packets by which the host judges a serial rate; its pattern says nothing.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Count">So many are sent.</param>
public readonly record struct LinePacket(int Number, int Count) : IPacket<LinePacket>
{
    private const int PatternBytes = 120, PatternStep = 37;

    /// <inheritdoc/>
    public static PacketType Type => PacketType.Line;

    /// <inheritdoc/>
    public static LinePacket Read(ref FieldReader reader) => new(reader.ReadU7(), reader.ReadU7());

    /// <inheritdoc/>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteU7(Number);
        writer.WriteU7(Count);
        Span<byte> pattern = stackalloc byte[PatternBytes];
        for (int i = 0; i < PatternBytes; i++) pattern[i] = (byte)((PatternStep * i) + Number);
        writer.WritePixels(pattern);
    }
}

/// <summary>The device's counters and health since its start (docs/protocol.md).</summary>
/// <param name="UptimeSeconds">Seconds since the start.</param>
/// <param name="Frames">Frames sent.</param>
/// <param name="TransmitOverruns">Bytes that could not be sent in time.</param>
/// <param name="Timeouts">Waits for the sensor that were given up.</param>
/// <param name="Presses">Presses of the button.</param>
/// <param name="MotionTriggers">Times the motion sensor fired.</param>
/// <param name="CommandsIgnored">Command bytes with wrong parity or unknown.</param>
/// <param name="ChecksRun">The checks that the device has made of its sensor.</param>
/// <param name="ChecksPassed">Those of them that passed.</param>
/// <param name="SupplyMillivolts">Supply voltage; 0 when not measured.</param>
public readonly record struct StatusPacket(
    int UptimeSeconds, int Frames, int TransmitOverruns, int Timeouts, int Presses, int MotionTriggers, int CommandsIgnored,
    SensorChecks ChecksRun, SensorChecks ChecksPassed, int SupplyMillivolts) : IPacket<StatusPacket>
{
    /// <inheritdoc/>
    public static PacketType Type => PacketType.Status;

    /// <inheritdoc/>
    public static StatusPacket Read(ref FieldReader reader) => new(
        reader.ReadU28(), reader.ReadU21(), reader.ReadU21(), reader.ReadU21(), reader.ReadU14(), reader.ReadU14(), reader.ReadU14(),
        (SensorChecks)reader.ReadU7(), (SensorChecks)reader.ReadU7(), reader.ReadU14());

    /// <inheritdoc/>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteU28(UptimeSeconds);
        writer.WriteU21(Frames);
        writer.WriteU21(TransmitOverruns);
        writer.WriteU21(Timeouts);
        writer.WriteU14(Presses);
        writer.WriteU14(MotionTriggers);
        writer.WriteU14(CommandsIgnored);
        writer.WriteU7((int)ChecksRun);
        writer.WriteU7((int)ChecksPassed);
        writer.WriteU14(SupplyMillivolts);
    }
}

/// <summary>How serious a device's remark is.</summary>
public enum LogSeverity
{
    /// <summary>Good to know.</summary>
    Information = 1,

    /// <summary>Something is not as it should be.</summary>
    Warning = 2,

    /// <summary>Something does not work.</summary>
    Error = 3,
}

/// <summary>A remark of the device in words.</summary>
/// <param name="Severity">How serious it is.</param>
/// <param name="Code">What it is about, for programs.</param>
/// <param name="Text">0 to 80 printable ASCII characters.</param>
public readonly record struct LogPacket(LogSeverity Severity, LogCode Code, string Text) : IPacket<LogPacket>
{
    /// <summary>Longest text.</summary>
    public const int MaxTextLength = 80;

    /// <inheritdoc/>
    public static PacketType Type => PacketType.Log;

    /// <summary>The number at the end of the text, for those that tell one; null when there is none.</summary>
    public int? Number =>
        int.TryParse(Text.AsSpan(Text.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    /// <inheritdoc/>
    public static LogPacket Read(ref FieldReader reader)
    {
        var severity = (LogSeverity)reader.ReadU7();
        var code = (LogCode)reader.ReadU14();
        ReadOnlySpan<byte> text = reader.Rest;
        return new LogPacket(severity, code, Printable(text[..Math.Min(text.Length, MaxTextLength)]));
    }

    /// <inheritdoc/>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteU7((int)Severity);
        writer.WriteU14((int)Code);
        writer.WriteText(Text.Length > MaxTextLength ? Text[..MaxTextLength] : Text);
    }

    /// <summary>Texts end up on terminals: what would ring there or move the cursor becomes '?'.</summary>
    private static string Printable(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[text.Length];
        for (int i = 0; i < text.Length; i++) characters[i] = text[i] is >= (byte)' ' and <= (byte)'~' ? (char)text[i] : '?';
        return new string(characters);
    }
}
