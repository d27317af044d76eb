using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Measuring;

/// <summary>A picture with known faces.</summary>
/// <param name="Picture">Rgb24.</param>
/// <param name="Faces">Where they are in it; those that must be found come first.</param>
/// <param name="MustBeFound">How many these are.</param>
public sealed record FaceScene(PixelBuffer Picture, IReadOnlyList<KnownFace> Faces, int MustBeFound)
{
    /// <summary>A scene has so many pixels for one of the frame's, so that turning it does not blur it.</summary>
    private const int Finer = 2;

    /// <summary>Least and greatest edge of a face's box beside others, in parts of the frame's height, and of one person's part.</summary>
    private const float LeastEdge = 0.2f, GreatestEdge = 0.36f, GreatestPart = 0.75f;

    /// <summary>One photo whose largest face must be found.</summary>
    public static FaceScene Of(PixelBuffer photo, IReadOnlyList<PixelRect> faces) =>
        new(photo, [.. faces.Select(face => new KnownFace(FaceGeometry.CenterOf(face), face.Width))], 1);

    /// <summary>
    /// Photos side by side, of each the part round its largest face, each at a size of its own. Beyond a photo its edges continue.
    /// </summary>
    /// <param name="people">Photos, Rgb24, with the faces in them, the largest first.</param>
    /// <param name="frameWidth">Columns of the frame that it is for.</param>
    /// <param name="frameHeight">Rows of that frame.</param>
    /// <param name="random">Decides sizes and places.</param>
    public static FaceScene SideBySide(IReadOnlyList<(PixelBuffer Photo, IReadOnlyList<PixelRect> Faces)> people, int frameWidth,
        int frameHeight, Random random)
    {
        int part = Finer * frameWidth / people.Count, width = part * people.Count, height = Finer * frameHeight;
        var pixels = new byte[width * height * 3];
        List<KnownFace> largest = [], others = [];
        for (int person = 0; person < people.Count; person++)
        {
            (PixelBuffer photo, IReadOnlyList<PixelRect> faces) = people[person];
            float edge = MathF.Min(height * Between(LeastEdge, GreatestEdge), part * GreatestPart), scale = faces[0].Width / edge;
            float left = Between(-0.5f, 0.5f) * (part - edge), down = Between(-0.15f, 0.15f) * height;
            AffineTransform toPhoto = AffineTransform.TargetToSource(part, height, faces[0].CenterX + (left / 2 * scale),
                faces[0].CenterY + (down * scale), scale, Rotation.None);
            PixelBuffer sampled = AffineSampler.Sample(photo, toPhoto, part, height);
            for (int row = 0; row < height; row++) sampled.Row(row).CopyTo(pixels.AsSpan(3 * ((row * width) + (person * part))));
            AffineTransform toPart = toPhoto.Inverse();
            foreach (PixelRect face in faces)
            {
                (float x, float y) = toPart.Apply(face.CenterX, face.CenterY);
                var known = new KnownFace(new FacePoint(x + (person * part), y), face.Width / scale);
                if (face == faces[0]) largest.Add(known);
                else if (x >= 0 && x < part && y >= 0 && y < height) others.Add(known);
            }
        }
        return new FaceScene(new PixelBuffer(width, height, PixelFormat.Rgb24, pixels), [.. largest, .. others], people.Count);

        float Between(float low, float high) => low + ((high - low) * random.NextSingle());
    }
}
