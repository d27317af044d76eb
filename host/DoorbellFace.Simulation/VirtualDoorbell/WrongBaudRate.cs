using System.Buffers;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>
/// What a receiver makes of bytes sent at another baud rate: the line is drawn bit by bit and sampled where the receiver samples it,
/// in the middle of each of its own bits after each falling edge.
/// </summary>
public static class WrongBaudRate
{
    private const int BitsPerByte = 10;

    /// <summary>
    /// Adds to <paramref name="output"/> the bytes that arrive. A byte without its stop bit arrives as 00, as Linux delivers it.
    /// </summary>
    public static void Receive(ReadOnlySpan<byte> sent, int senderBitsPerSecond, int receiverBitsPerSecond, IBufferWriter<byte> output)
    {
        double senderBits = (double)senderBitsPerSecond / receiverBitsPerSecond;
        double end = sent.Length * BitsPerByte, at = 0;
        Span<byte> target = output.GetSpan((int)(end / (senderBits * 9)) + 16);
        int length = 0;
        while (true)
        {
            while (at < end && Level(sent, at)) at = Math.Floor(at) + 1;
            if (at >= end) break;
            int value = 0;
            for (int bit = 0; bit < 8; bit++) value |= Level(sent, at + ((bit + 1.5) * senderBits)) ? 1 << bit : 0;
            bool stopIsThere = Level(sent, at + (9.5 * senderBits));
            target[length++] = stopIsThere ? (byte)value : (byte)0;
            at += 9.5 * senderBits;
            if (!stopIsThere) while (at < end && !Level(sent, at)) at = Math.Floor(at) + 1;
        }
        output.Advance(length);
    }

    /// <summary>
    /// Level of the line at a time counted in the sender's bits: start bit low, data from the lowest bit up, stop bit high, then idle.
    /// </summary>
    private static bool Level(ReadOnlySpan<byte> sent, double time)
    {
        int index = (int)time / BitsPerByte, bit = (int)time % BitsPerByte;
        if (index >= sent.Length) return true;
        return bit switch
        {
            0 => false,
            9 => true,
            _ => ((sent[index] >> (bit - 1)) & 1) != 0,
        };
    }
}
