using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>
/// Turns a scene into what the sensor would send: fitted with black bars, gray or YUV422, blurred and noisy if asked.
/// The same seed and scenes give the same pixels. Not thread-safe.
/// </summary>
public sealed class VirtualSensor
{
    private readonly float _noiseSigma;
    private readonly float _blurSigmaPixels;
    private readonly Random _random;

    private PixelBuffer? _fittedScene;
    private SensorMode? _fittedMode;
    private PixelBuffer? _fitted;

    /// <summary>A sensor with that much noise (gray levels) and blur (pixels).</summary>
    public VirtualSensor(float noiseSigma, float blurSigmaPixels, int seed)
    {
        _noiseSigma = noiseSigma;
        _blurSigmaPixels = blurSigmaPixels;
        _random = new Random(seed);
    }

    /// <summary>One frame of a scene.</summary>
    /// <returns>A picture of the mode's size and format.</returns>
    public PixelBuffer Capture(PixelBuffer scene, SensorMode mode)
    {
        if (!ReferenceEquals(scene, _fittedScene) || mode != _fittedMode)
        {
            PixelBuffer fitted =
                Fit(mode.Format == PixelFormat.Gray8 ? PixelConversion.ToGray8(scene) : PixelConversion.ToRgb24(scene), mode.Width,
                    mode.Height);
            if (_blurSigmaPixels > 0) fitted = GaussianBlur.Apply(fitted, _blurSigmaPixels);
            _fitted = fitted.Format == PixelFormat.Gray8 ? fitted : ToYuv422(fitted);
            (_fittedScene, _fittedMode) = (scene, mode);
        }
        return _noiseSigma > 0 ? WithNoise(_fitted!) : _fitted!;
    }

    /// <summary>Scales a picture to fit, keeps its proportions and fills what is left with black.</summary>
    private static PixelBuffer Fit(PixelBuffer source, int width, int height)
    {
        if (source.Width == width && source.Height == height) return source;
        float scale = Math.Max((float)source.Width / width, (float)source.Height / height);
        int innerWidth = Math.Clamp((int)MathF.Round(source.Width / scale), 1, width);
        int innerHeight = Math.Clamp((int)MathF.Round(source.Height / scale), 1, height);
        AffineTransform map =
            AffineTransform.TargetToSource(innerWidth, innerHeight, source.Width / 2f, source.Height / 2f, scale, default);
        PixelBuffer inner = AffineSampler.Sample(source, map, innerWidth, innerHeight);
        var pixels = new byte[width * height * source.Format.BytesPerPixel()];
        int stride = width * source.Format.BytesPerPixel();
        int left = (width - innerWidth) / 2 * source.Format.BytesPerPixel(), top = (height - innerHeight) / 2;
        for (int row = 0; row < innerHeight; row++) inner.Row(row).CopyTo(pixels.AsSpan(((top + row) * stride) + left));
        return new PixelBuffer(width, height, source.Format, pixels);
    }

    /// <summary>ITU-R BT.601, full range, U and V as the mean of each pair: the inverse of <see cref="PixelConversion.ToRgb24"/>.</summary>
    private static PixelBuffer ToYuv422(PixelBuffer rgb)
    {
        var packed = new byte[rgb.Width * rgb.Height * 2];
        ReadOnlySpan<byte> pixels = rgb.Pixels;
        for (int i = 0, p = 0; i < packed.Length; i += 4, p += 6)
        {
            float first = Luma(pixels[p..]), second = Luma(pixels[(p + 3)..]), mean = (first + second) / 2;
            packed[i] = ToByte(first);
            packed[i + 1] = ToByte(128 + ((((pixels[p + 2] + pixels[p + 5]) / 2f) - mean) / 1.772f));
            packed[i + 2] = ToByte(second);
            packed[i + 3] = ToByte(128 + ((((pixels[p] + pixels[p + 3]) / 2f) - mean) / 1.402f));
        }
        return new PixelBuffer(rgb.Width, rgb.Height, PixelFormat.Yuv422, packed);
    }

    private PixelBuffer WithNoise(PixelBuffer clean)
    {
        byte[] noisy = clean.Pixels.ToArray();
        for (int i = 0; i < noisy.Length; i += 2)
        {
            // Box and Muller's method gives two independent values at a time.
            double radius = _noiseSigma * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * _random.NextDouble());
            noisy[i] = ToByte((float)(noisy[i] + (radius * cos)));
            if (i + 1 < noisy.Length) noisy[i + 1] = ToByte((float)(noisy[i + 1] + (radius * sin)));
        }
        return new PixelBuffer(clean.Width, clean.Height, clean.Format, noisy);
    }

    private static float Luma(ReadOnlySpan<byte> rgb) => (0.299f * rgb[0]) + (0.587f * rgb[1]) + (0.114f * rgb[2]);

    private static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round(value), 0f, 255f);
}
