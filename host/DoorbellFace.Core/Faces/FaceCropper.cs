using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>Cuts a face out of a picture and turns it upright.</summary>
public static class FaceCropper
{
    /// <summary>The face with a margin, upright, as a square picture in the source's format (Gray8 or Rgb24).</summary>
    /// <param name="picture">Where the face was found. Beyond its edge the edge pixels continue.</param>
    /// <param name="face">Box and angle in that picture's coordinates.</param>
    /// <param name="margin">Part of the box's edge added on every side, 0 or more: 0.2 makes a square 1.4 times the box.</param>
    /// <param name="edgePixels">Edge of the result, 1 or more.</param>
    public static PixelBuffer Crop(PixelBuffer picture, FaceDetection face, float margin, int edgePixels) =>
        AffineSampler.Sample(picture, CropToPicture(face, margin, edgePixels), edgePixels, edgePixels);

    /// <summary>The map from such a crop's coordinates to the picture's.</summary>
    public static AffineTransform CropToPicture(FaceDetection face, float margin, int edgePixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(edgePixels);
        float scale = face.Box.Width * (1 + (2 * margin)) / edgePixels;
        return AffineTransform.TargetToSource(edgePixels, edgePixels, face.Box.CenterX, face.Box.CenterY, scale, face.Rotation);
    }
}
