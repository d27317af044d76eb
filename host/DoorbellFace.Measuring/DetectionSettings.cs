using DoorbellFace.Measuring.Wearing;

namespace DoorbellFace.Measuring;

/// <summary>What a detector is shown.</summary>
/// <param name="Width">The frame's columns.</param>
/// <param name="Height">The frame's rows.</param>
/// <param name="AnglesDegrees">Each is taken with both signs in turn from photo to photo.</param>
public sealed record DetectionSettings(int Width, int Height, IReadOnlyList<int> AnglesDegrees)
{
    /// <summary>Further confidences at which to score: what is found below one does not count there.</summary>
    public IReadOnlyList<float> Confidences { get; init; } = [];

    /// <summary>What is painted on every known face.</summary>
    public IReadOnlyList<Worn> Worn { get; init; } = [];

    /// <summary>How many photos stand side by side in one frame, 1 or more. With more than one, each face has a size of its own.</summary>
    public int People { get; init; } = 1;

    /// <summary>In what light the doorbell's camera sees it; null: the photo as it is.</summary>
    public CameraLight? Light { get; init; }

    /// <summary>Decides what is worn, how large people stand side by side, and the camera's noise.</summary>
    public int Seed { get; init; } = 1;
}
