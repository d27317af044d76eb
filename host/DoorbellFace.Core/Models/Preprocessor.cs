using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Models;

/// <summary>
/// Turns a square face crop into the network's input tensor: resize, channel order, rescale, mean and standard deviation - nothing else.
/// The trainer and the host use this one class, so they cannot disagree. Pure and thread-safe.
/// </summary>
public sealed class Preprocessor
{
    private readonly PreprocessorSettings _settings;

    /// <summary>Prepares for the given settings.</summary>
    /// <exception cref="ArgumentException">The settings make no sense.</exception>
    public Preprocessor(PreprocessorSettings settings)
    {
        string? complaint = settings.Complaint();
        if (complaint is not null) throw new ArgumentException(complaint, nameof(settings));
        _settings = settings;
    }

    /// <summary>The settings, as they go into the manifest.</summary>
    public PreprocessorSettings Settings => _settings;

    /// <summary>Numbers in one tensor: channels x size x size.</summary>
    public int TensorLength => _settings.Channels * _settings.Size * _settings.Size;

    /// <summary>The tensor of one crop.</summary>
    /// <param name="faceCrop">Square, any size, any format; a margin of <see cref="PreprocessorSettings.FaceMargin"/> is expected around
    /// the face.</param>
    /// <returns>Channels x size x size numbers (C, H, W), to be used as N = 1.</returns>
    public float[] ToTensor(PixelBuffer faceCrop)
    {
        var tensor = new float[TensorLength];
        WriteTensor(faceCrop, tensor);
        return tensor;
    }

    /// <summary>
    /// Writes the tensors of one crop and of its mirror image: what a network that looks twice is given, as N = 2.
    /// </summary>
    /// <param name="faceCrop">As in <see cref="ToTensor"/>.</param>
    /// <param name="tensors">Two times <see cref="TensorLength"/> numbers.</param>
    public void WriteMirroredPair(PixelBuffer faceCrop, Span<float> tensors)
    {
        WriteTensor(faceCrop, tensors[..TensorLength]);
        Span<float> mirrored = tensors[TensorLength..];
        tensors[..TensorLength].CopyTo(mirrored);
        for (int row = 0; row < mirrored.Length; row += _settings.Size) mirrored.Slice(row, _settings.Size).Reverse();
    }

    /// <summary>Writes the tensor of one crop into <paramref name="tensor"/>, whose length is <see cref="TensorLength"/>.</summary>
    public void WriteTensor(PixelBuffer faceCrop, Span<float> tensor)
    {
        if (tensor.Length != TensorLength)
            throw new ArgumentException($"The tensor holds {tensor.Length} numbers; expected {TensorLength}.", nameof(tensor));
        PixelBuffer converted = _settings.ChannelOrder == "GRAY" ? PixelConversion.ToGray8(faceCrop) : PixelConversion.ToRgb24(faceCrop);
        int size = _settings.Size;
        if (converted.Width != size || converted.Height != size)
        {
            float scale = (float)converted.Width / size;
            var map = AffineTransform.TargetToSource(size, size, converted.Width / 2f, converted.Height / 2f, scale, Rotation.None);
            converted = AffineSampler.Sample(converted, map, size, size);
        }
        int planeLength = size * size, step = converted.Format.BytesPerPixel();
        ReadOnlySpan<byte> pixels = converted.Pixels;
        for (int channel = 0; channel < _settings.Channels; channel++)
        {
            int offset = step == 1 ? 0 : _settings.ChannelOrder == "BGR" ? 2 - channel : channel;
            float factor = _settings.RescaleFactor / _settings.ImageStd[channel];
            float bias = -_settings.ImageMean[channel] / _settings.ImageStd[channel];
            Span<float> plane = tensor.Slice(channel * planeLength, planeLength);
            for (int i = 0; i < planeLength; i++) plane[i] = (pixels[(i * step) + offset] * factor) + bias;
        }
    }
}
