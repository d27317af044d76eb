namespace DoorbellFace.Core.Imaging;

/// <summary>
/// Pixels in memory: rows from top to bottom, packed without gaps (stride = width x bytes per pixel).
/// Whoever holds the buffer may read it for as long as it likes; nobody writes to it after construction.
/// </summary>
public sealed class PixelBuffer
{
    /// <summary>Wraps <paramref name="pixels"/> without copying it.</summary>
    /// <param name="width">Pixels in a row, 1 or more; even for <see cref="PixelFormat.Yuv422"/>.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="format">How the bytes are to be read.</param>
    /// <param name="pixels">Exactly width x height x bytes-per-pixel bytes.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public PixelBuffer(int width, int height, PixelFormat format, ReadOnlyMemory<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (format == PixelFormat.Yuv422 && width % 2 != 0)
            throw new ArgumentException($"YUV422 holds pixels in pairs, so the width must be even; it is {width}.", nameof(width));
        long expected = (long)width * height * format.BytesPerPixel();
        if (pixels.Length != expected)
            throw new ArgumentException($"{width}x{height} {format} takes {expected} bytes; there are {pixels.Length}.", nameof(pixels));
        Width = width;
        Height = height;
        Format = format;
        Memory = pixels;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>How the bytes are to be read.</summary>
    public PixelFormat Format { get; }

    /// <summary>All bytes, row after row.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>All bytes, row after row.</summary>
    public ReadOnlySpan<byte> Pixels => Memory.Span;

    /// <summary>Bytes from the start of one row to the start of the next.</summary>
    public int StrideBytes => Width * Format.BytesPerPixel();

    /// <summary>The whole picture as a rectangle at 0, 0.</summary>
    public PixelRect Bounds => new(0, 0, Width, Height);

    /// <summary>The bytes of one row.</summary>
    /// <param name="rowIndex">0 (top) to <see cref="Height"/> - 1.</param>
    public ReadOnlySpan<byte> Row(int rowIndex) => Pixels.Slice(rowIndex * StrideBytes, StrideBytes);

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height} {Format}";
}
