using System.Numerics;

namespace DoorbellFace.Core.Link;

/// <summary>
/// One byte from host to device: 7 bits of ASCII and a parity bit that makes the number of ones even (docs/protocol.md, "Commands").
/// </summary>
public readonly record struct HostCommand
{
    /// <summary>So many packets come for the host to judge a rate by (docs/protocol.md, "Rates").</summary>
    public const int TestPackets = 32;

    private const int BellAckBase = 0x20;

    private HostCommand(int code) => Code = code;

    /// <summary>Send HELLO.</summary>
    public static HostCommand Hello { get; } = new('h');

    /// <summary>Capture one frame.</summary>
    public static HostCommand Capture { get; } = new('c');

    /// <summary>Stream until told to stop.</summary>
    public static HostCommand StreamOn { get; } = new('s');

    /// <summary>Stop after the frame being sent.</summary>
    public static HostCommand StreamOff { get; } = new('x');

    /// <summary>Test bars on.</summary>
    public static HostCommand TestBarsOn { get; } = new('t');

    /// <summary>Test bars off.</summary>
    public static HostCommand TestBarsOff { get; } = new('n');

    /// <summary>Send STATUS.</summary>
    public static HostCommand Status { get; } = new('q');

    /// <summary>Start again.</summary>
    public static HostCommand Reset { get; } = new('r');

    /// <summary>Stay at the serial rate that is on trial.</summary>
    public static HostCommand KeepRate { get; } = new('k');

    /// <summary>The command without its parity bit, as <see cref="AckPacket.Command"/> repeats it.</summary>
    public int Code { get; }

    /// <summary>The byte on the wire.</summary>
    public byte WireByte => (byte)(BitOperations.PopCount((uint)Code) % 2 == 0 ? Code : Code | 0x80);

    /// <summary>The mode that this command asks for, or null.</summary>
    public int? Mode => Code is >= '0' and <= '9' ? Code - '0' : null;

    /// <summary>This command acknowledges a press.</summary>
    public bool IsBellAck => Code is >= BellAckBase and < BellAckBase + 16;

    /// <summary>Change to a mode, 0 to 9.</summary>
    public static HostCommand SetMode(int mode)
    {
        if (mode is < 0 or > 9) throw new ArgumentOutOfRangeException(nameof(mode), mode, "A mode is 0 to 9.");
        return new HostCommand('0' + mode);
    }

    /// <summary>
    /// Change to a serial rate, on trial; at the rate in use already: send packets to judge it by.
    /// </summary>
    /// <param name="baudRateBitsPerSecond">500,000, 1,000,000 or 2,000,000.</param>
    public static HostCommand ForRate(int baudRateBitsPerSecond) => baudRateBitsPerSecond switch
    {
        500_000 => new('A'),
        1_000_000 => new('B'),
        2_000_000 => new('C'),
        _ => throw new ArgumentOutOfRangeException(nameof(baudRateBitsPerSecond), baudRateBitsPerSecond,
            "A device's rate is 500,000, 1,000,000 or 2,000,000 bit/s."),
    };

    /// <summary>Acknowledge a press and all before it.</summary>
    public static HostCommand BellAck(int press) => new(BellAckBase | (press & 0x0F));

    /// <summary>
    /// Does this command acknowledge the press of that number? The device has at most one press waiting, so four bits are enough.
    /// </summary>
    public bool Acknowledges(int press) => IsBellAck && (Code & 0x0F) == (press & 0x0F);

    /// <summary>Reads a byte from the wire; false when its parity is wrong or the command is unknown.</summary>
    public static bool TryParse(byte wireByte, out HostCommand command)
    {
        command = new HostCommand(wireByte & 0x7F);
        return BitOperations.PopCount(wireByte) % 2 == 0
            && (command.IsBellAck || command.Mode is not null || "hcsxtnqrABCk".Contains((char)command.Code, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override string ToString() => IsBellAck ? $"bell-ack {Code & 0x0F}" : $"'{(char)Code}'";
}
