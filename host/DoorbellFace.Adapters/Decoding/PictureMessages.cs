using System.Buffers.Binary;
using System.Text;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Adapters.Decoding;

/// <summary>What a reader of pictures answers with; the first byte of an answer.</summary>
internal enum PictureAnswer : byte
{
    /// <summary>It has begun, and may be asked: nothing follows.</summary>
    Ready = 1,

    /// <summary>A picture: width, height, and three bytes for each pixel, row after row.</summary>
    Picture = 2,

    /// <summary>Why there is none: a text.</summary>
    Reason = 3,
}

/// <summary>
/// What <see cref="SentPictures"/> and <see cref="PictureReader"/> say to each other over the reader's standard input and output. A request
/// is what the file is called (a text) and its bytes with their number before them; it is answered before the next one comes. Numbers have
/// four bytes, the lowest first; a text is its number of bytes and then UTF-8. Neither side believes the other's numbers.
/// </summary>
internal static class PictureMessages
{
    /// <summary>Bytes of a file; more is never sent.</summary>
    public const int MostFileBytes = 128 << 20;

    /// <summary>Pixels of a picture; larger ones are reduced by the reader.</summary>
    public const int MostPixels = 16_000_000;

    private const int MostTextBytes = 4096, PixelBytes = 3;

    /// <summary>Asks.</summary>
    public static void WriteRequest(Stream to, string subject, ReadOnlySpan<byte> file)
    {
        WriteText(to, subject);
        WriteNumber(to, file.Length);
        to.Write(file);
        to.Flush();
    }

    /// <summary>Reads what is asked.</summary>
    /// <returns>What the file is called and its bytes; null where nobody asks any more.</returns>
    /// <exception cref="InvalidDataException">It is no request.</exception>
    public static (string Subject, byte[] File)? ReadRequest(Stream from)
    {
        try
        {
            string subject = ReadText(from);
            var file = new byte[ReadNumber(from, MostFileBytes)];
            from.ReadExactly(file);
            return (subject, file);
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Says that it may be asked.</summary>
    public static void WriteReady(Stream to)
    {
        to.WriteByte((byte)PictureAnswer.Ready);
        to.Flush();
    }

    /// <summary>Answers with a picture, or with the reason why there is none.</summary>
    public static void WriteAnswer(Stream to, PixelBuffer? picture, string reason)
    {
        if (picture is null)
        {
            to.WriteByte((byte)PictureAnswer.Reason);
            WriteText(to, reason);
        }
        else
        {
            to.WriteByte((byte)PictureAnswer.Picture);
            WriteNumber(to, picture.Width);
            WriteNumber(to, picture.Height);
            to.Write(picture.Pixels);
        }
        to.Flush();
    }

    /// <summary>Waits until it may be asked.</summary>
    /// <exception cref="EndOfStreamException">It has ended.</exception>
    /// <exception cref="InvalidDataException">It says something else.</exception>
    public static void ReadReady(Stream from)
    {
        if (ReadKind(from) != PictureAnswer.Ready) throw Unexpected("a reader that is ready");
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="from">Where it comes from.</param>
    /// <param name="reason">Why there is no picture; empty when there is one.</param>
    /// <returns>The picture as Rgb24, or null.</returns>
    /// <exception cref="EndOfStreamException">It has ended.</exception>
    /// <exception cref="InvalidDataException">It is no answer.</exception>
    public static PixelBuffer? ReadAnswer(Stream from, out string reason)
    {
        reason = "";
        switch (ReadKind(from))
        {
            case PictureAnswer.Reason:
                reason = ReadText(from);
                return null;
            case PictureAnswer.Picture:
                int width = ReadNumber(from, MostPixels), height = ReadNumber(from, MostPixels);
                if (width == 0 || height == 0 || (long)width * height > MostPixels) throw Unexpected("a picture of a usual size");
                var pixels = new byte[width * height * PixelBytes];
                from.ReadExactly(pixels);
                return new PixelBuffer(width, height, PixelFormat.Rgb24, pixels);
            default:
                throw Unexpected("a picture or a reason");
        }
    }

    private static PictureAnswer ReadKind(Stream from) =>
        from.ReadByte() is >= 0 and var kind ? (PictureAnswer)kind : throw new EndOfStreamException();

    private static void WriteText(Stream to, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = Math.Min(bytes.Length, MostTextBytes);
        WriteNumber(to, length);
        to.Write(bytes, 0, length);
    }

    private static string ReadText(Stream from)
    {
        var bytes = new byte[ReadNumber(from, MostTextBytes)];
        from.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static void WriteNumber(Stream to, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        to.Write(bytes);
    }

    private static int ReadNumber(Stream from, int most)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        from.ReadExactly(bytes);
        int number = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return number >= 0 && number <= most ? number : throw Unexpected($"a number from 0 to {most}");
    }

    private static InvalidDataException Unexpected(string expected) => new($"{expected} was expected, and something else came.");
}
