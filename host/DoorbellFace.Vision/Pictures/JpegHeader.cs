using System.Buffers.Binary;

namespace DoorbellFace.Vision.Pictures;

/// <summary>What a JPEG file says of its picture before the picture begins.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">1 gray, 3 colour, 4 CMYK.</param>
/// <param name="IsSequential">Rows come one after the other; else all of the picture is in memory while it is decoded.</param>
internal readonly record struct JpegHeader(int Width, int Height, int Components, bool IsSequential)
{
    /// <summary>CMYK, as printers want it.</summary>
    public bool IsCmyk => Components == 4;

    /// <summary>Reads the frame header.</summary>
    /// <param name="content">The file.</param>
    /// <returns>Null where there is none.</returns>
    public static JpegHeader? Read(ReadOnlySpan<byte> content)
    {
        int at = 2;
        while (at + 9 < content.Length)
        {
            if (content[at] != 0xFF) return null;
            byte marker = content[at + 1];
            // Markers may be preceded by fill bytes; a few have no body.
            if (marker is 0xFF) at++;
            else if (marker is 0x01 or (>= 0xD0 and <= 0xD8)) at += 2;
            else if (marker is 0xD9 or 0xDA) return null;
            else if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return OfFrame(content[at..], marker);
            else at += 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
        }
        return null;
    }

    private static JpegHeader OfFrame(ReadOnlySpan<byte> segment, byte marker) => new(
        BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), segment[9],
            marker is 0xC0 or 0xC1 or 0xC9);
}
