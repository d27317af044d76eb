using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Speech;

/// <summary>The header of a WAV file with 16-bit samples and one channel: written for our files, read from espeak-ng's.</summary>
public static class WavHeader
{
    /// <summary>Bytes of the header that <see cref="Write"/> makes.</summary>
    public const int Length = 44;

    private const int FormatLength = 16, Pcm = 1;

    /// <summary>Writes a header.</summary>
    /// <param name="header">At least <see cref="Length"/> bytes.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="dataLength">Bytes of samples that follow.</param>
    public static void Write(Span<byte> header, int sampleRate, uint dataLength)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], dataLength + Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], FormatLength);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], Pcm);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 8 * sizeof(short));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataLength);
    }

    /// <summary>
    /// Reads a whole file. A data length beyond the file's end means "up to the end": espeak-ng writes that into a pipe, not knowing
    /// better.
    /// </summary>
    public static bool TryReadClip(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out PcmClip? clip)
    {
        clip = null;
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WAVE"u8)) return false;
        int sampleRate = 0;
        for (long at = 12; at + 8 <= bytes.Length;)
        {
            ReadOnlySpan<byte> chunk = bytes[(int)at..];
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            ReadOnlySpan<byte> content = chunk[8..];
            if (chunk[..4].SequenceEqual("fmt "u8) && content.Length >= FormatLength)
            {
                bool isOurs = BinaryPrimitives.ReadInt16LittleEndian(content) == Pcm
                    && BinaryPrimitives.ReadInt16LittleEndian(content[2..]) == 1
                    && BinaryPrimitives.ReadInt16LittleEndian(content[14..]) == 8 * sizeof(short);
                sampleRate = BinaryPrimitives.ReadInt32LittleEndian(content[4..]);
                if (!isOurs || sampleRate is < 1000 or > 192_000) return false;
            }
            else if (chunk[..4].SequenceEqual("data"u8) && sampleRate > 0)
            {
                ReadOnlySpan<byte> data = content[..(int)Math.Min(length, (uint)content.Length)];
                clip = new PcmClip(MemoryMarshal.Cast<byte, short>(data[..(data.Length & ~1)]).ToArray(), sampleRate);
                return true;
            }
            at += 8L + length + (length & 1);
        }
        return false;
    }
}
