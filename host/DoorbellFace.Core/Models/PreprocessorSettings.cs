namespace DoorbellFace.Core.Models;

/// <summary>How a face crop becomes the network's input; part of the <see cref="ModelManifest"/>.</summary>
public sealed record PreprocessorSettings
{
    /// <summary>The face is brought to a fixed place by its five landmarks; see <see cref="Faces.FaceAlignment"/>.</summary>
    public const string LandmarkAlignment = "landmarks";

    /// <summary>The one way of resampling there is: <see cref="Imaging.AffineSampler"/>.</summary>
    public const string BilinearMean = "bilinear-mean";

    /// <summary>
    /// Wide of every network's numbers (bytes as they are, or brought to -1 to 1), and narrow enough that no input becomes infinite or
    /// nothing.
    /// </summary>
    private const float LeastScale = 1e-5f, MostScale = 10, MostLevel = 1000;

    /// <summary>Edge of the square input in pixels, 16 to 1024.</summary>
    public required int Size { get; init; }

    /// <summary>Channels of the input: 3, or 1 for gray.</summary>
    public required int Channels { get; init; }

    /// <summary>"RGB", "BGR", or "GRAY" (luma repeated in every channel).</summary>
    public required string ChannelOrder { get; init; }

    /// <summary>Name of the resampling: <see cref="BilinearMean"/>.</summary>
    public required string Resample { get; init; }

    /// <summary>Bytes are multiplied by this first, 0.00001 to 10; usually 1/255.</summary>
    public required float RescaleFactor { get; init; }

    /// <summary>Subtracted from each channel after rescaling, -1000 to 1000.</summary>
    public required IReadOnlyList<float> ImageMean { get; init; }

    /// <summary>Each channel is divided by this at last, 0.00001 to 1000.</summary>
    public required IReadOnlyList<float> ImageStd { get; init; }

    /// <summary>
    /// Margin around the detector's box, as a part of its edge on every side; see <see cref="Faces.FaceCropper"/>. 0 with landmarks.
    /// </summary>
    public required float FaceMargin { get; init; }

    /// <summary>
    /// How the face is cut out: <see cref="LandmarkAlignment"/>, or null for the detector's box and angle
    /// (<see cref="Faces.FaceCropper"/>).
    /// </summary>
    public string? Alignment { get; init; }

    /// <summary>
    /// A face aligned by its landmarks (<see cref="Faces.FaceAlignment"/>), one gray channel with ImageNet's mean brightness and spread:
    /// what the face backbone takes. There is no box, so the margin is 0.
    /// </summary>
    public static PreprocessorSettings AlignedGray(int size) => new()
    {
        Size = size,
        Channels = 1,
        ChannelOrder = "GRAY",
        Resample = BilinearMean,
        RescaleFactor = 1f / 255f,
        ImageMean = [0.449f],
        ImageStd = [0.226f],
        FaceMargin = 0,
        Alignment = LandmarkAlignment,
    };

    /// <summary>
    /// Bytes as they are, blue before green before red: what the Open Model Zoo's networks take, the backbone's teacher among them. Of a
    /// gray picture all three are the same. Who calls them cuts the face out; there is no margin.
    /// </summary>
    public static PreprocessorSettings BgrBytes(int size) => new()
    {
        Size = size,
        Channels = 3,
        ChannelOrder = "BGR",
        Resample = BilinearMean,
        RescaleFactor = 1,
        ImageMean = [0, 0, 0],
        ImageStd = [1, 1, 1],
        FaceMargin = 0,
    };

    /// <summary>
    /// ImageNet's mean and standard deviation, as torchvision uses them, at the given size; gray, as the doorbell's camera is.
    /// </summary>
    public static PreprocessorSettings ImageNetGray(int size) => new()
    {
        Size = size,
        Channels = 3,
        ChannelOrder = "GRAY",
        Resample = BilinearMean,
        RescaleFactor = 1f / 255f,
        ImageMean = [0.485f, 0.456f, 0.406f],
        ImageStd = [0.229f, 0.224f, 0.225f],
        FaceMargin = 0.1f,
    };

    /// <summary>What is wrong with these settings, as a sentence naming the manifest's field, or null.</summary>
    public string? Complaint()
    {
        if (Size is < 16 or > 1024) return $"size is {Size}; expected 16 to 1024 pixels.";
        if (Channels != 3 && !(Channels == 1 && ChannelOrder == "GRAY"))
            return $"channels is {Channels} with channel_order \"{ChannelOrder}\"; expected 3, or 1 with GRAY.";
        if (ChannelOrder is not ("RGB" or "BGR" or "GRAY")) return $"channel_order is \"{ChannelOrder}\"; expected RGB, BGR or GRAY.";
        if (Resample != BilinearMean) return $"resample is \"{Resample}\"; expected {BilinearMean}.";
        if (RescaleFactor is not (>= LeastScale and <= MostScale))
            return $"rescale_factor is {RescaleFactor}; expected {LeastScale} to {MostScale}.";
        if (ImageMean.Count != Channels || !ImageMean.All(value => MathF.Abs(value) <= MostLevel))
            return $"image_mean is [{string.Join(", ", ImageMean)}]; expected {Channels} numbers from {-MostLevel} to {MostLevel}.";
        if (ImageStd.Count != Channels || !ImageStd.All(value => value is >= LeastScale and <= MostLevel))
            return $"image_std is [{string.Join(", ", ImageStd)}]; expected {Channels} numbers from {LeastScale} to {MostLevel}.";
        if (Alignment is not (null or LandmarkAlignment))
            return $"alignment is \"{Alignment}\"; expected {LandmarkAlignment}, or nothing for the detector's box.";
        return FaceMargin is >= 0 and <= 2 ? null : $"face_margin is {FaceMargin}; expected 0 to 2.";
    }
}
