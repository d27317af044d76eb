using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Measuring;

/// <summary>Some of many frames beside each other in one picture, to look at what a detector is shown.</summary>
/// <param name="of">How many frames there will be.</param>
/// <param name="shown">How many of them are kept at most, evenly spread.</param>
public sealed class ContactSheet(int of, int shown = 24)
{
    private const int Columns = 6;

    private readonly List<PixelBuffer> _kept = [];
    private int _seen;

    /// <summary>Takes a frame; all have one size.</summary>
    public void Add(PixelBuffer frame)
    {
        if ((long)_seen++ * shown / Math.Max(of, shown) >= _kept.Count) _kept.Add(PixelConversion.ToRgb24(frame));
    }

    /// <summary>The sheet, Rgb24, or null when there was no frame.</summary>
    public PixelBuffer? ToPicture()
    {
        if (_kept.Count == 0) return null;
        int width = _kept[0].Width, height = _kept[0].Height, columns = Math.Min(Columns, _kept.Count);
        int rows = (_kept.Count + columns - 1) / columns, stride = 3 * width * columns;
        var pixels = new byte[stride * height * rows];
        for (int i = 0; i < _kept.Count; i++)
        {
            int left = 3 * width * (i % columns), top = height * (i / columns);
            for (int row = 0; row < height; row++) _kept[i].Row(row).CopyTo(pixels.AsSpan(((top + row) * stride) + left));
        }
        return new PixelBuffer(width * columns, height * rows, PixelFormat.Rgb24, pixels);
    }
}
