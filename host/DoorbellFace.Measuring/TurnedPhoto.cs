using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Measuring;

/// <summary>A photo turned as a whole, corners kept, and put into a frame with black around it, as large as it fits.</summary>
/// <param name="Frame">Rgb24, or Gray8 after it went through the doorbell's camera.</param>
/// <param name="ToPhoto">From frame coordinates to those of the photo.</param>
public sealed record TurnedPhoto(PixelBuffer Frame, AffineTransform ToPhoto)
{
    /// <summary>Turns a photo.</summary>
    /// <param name="photo">Rgb24.</param>
    /// <param name="degrees">Clockwise.</param>
    /// <param name="width">The frame's columns.</param>
    /// <param name="height">The frame's rows.</param>
    public static TurnedPhoto Create(PixelBuffer photo, float degrees, int width, int height)
    {
        var rotation = Rotation.FromDegrees(-degrees);
        (float sin, float cos) = MathF.SinCos(rotation.Radians);
        float turnedWidth = (photo.Width * MathF.Abs(cos)) + (photo.Height * MathF.Abs(sin)),
            turnedHeight = (photo.Width * MathF.Abs(sin)) + (photo.Height * MathF.Abs(cos));
        float scale = MathF.Max(turnedWidth / width, turnedHeight / height);
        var toPhoto = AffineTransform.TargetToSource(width, height, photo.Width / 2f, photo.Height / 2f, scale, rotation);
        PixelBuffer sampled = AffineSampler.Sample(photo, toPhoto, width, height);
        byte[] pixels = sampled.Pixels.ToArray();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (float photoX, float photoY) = toPhoto.Apply(x + 0.5f, y + 0.5f);
                if (photoX < 0 || photoY < 0 || photoX >= photo.Width || photoY >= photo.Height)
                    pixels.AsSpan(3 * ((y * width) + x), 3).Clear();
            }
        }
        return new TurnedPhoto(new PixelBuffer(width, height, PixelFormat.Rgb24, pixels), toPhoto);
    }

    /// <summary>Where a place of the photo lies in the frame.</summary>
    public FacePoint ToFrame(float photoX, float photoY)
    {
        float determinant = (ToPhoto.A * ToPhoto.D) - (ToPhoto.B * ToPhoto.C), x = photoX - ToPhoto.Tx, y = photoY - ToPhoto.Ty;
        return new FacePoint(((ToPhoto.D * x) - (ToPhoto.B * y)) / determinant, ((ToPhoto.A * y) - (ToPhoto.C * x)) / determinant);
    }
}
