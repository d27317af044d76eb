using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>Finds faces in photos, which are larger than the doorbell's frames or cut more tightly.</summary>
public static class PhotoSearch
{
    /// <summary>With its edges continued a photo becomes so many times as large; a face that fills it is found then.</summary>
    public const float Surroundings = 1.6f;

    /// <summary>Longer side at which photos are searched: twice the doorbell's frame, as in photos people stand farther off.</summary>
    private const int SearchLongSidePixels = 640;

    /// <summary>The faces, in the finder's order and in the photo's coordinates.</summary>
    /// <param name="finder">Finds them.</param>
    /// <param name="gray">Gray8, the photo.</param>
    /// <param name="span">1, or <see cref="Surroundings"/>: how much is searched, in parts of the photo.</param>
    public static IEnumerable<FaceDetection> Find(IFaceFinder finder, PixelBuffer gray, float span = 1)
    {
        float scale = MathF.Max(1, Math.Max(gray.Width, gray.Height) * span / SearchLongSidePixels);
        int width = Math.Max(1, (int)(gray.Width * span / scale)), height = Math.Max(1, (int)(gray.Height * span / scale));
        var map = AffineTransform.TargetToSource(width, height, gray.Width / 2f, gray.Height / 2f, scale, Rotation.None);
        PixelBuffer searched = scale == 1 && span == 1 ? gray : AffineSampler.Sample(gray, map, width, height);
        foreach (FaceDetection face in finder.Detect(searched)) yield return face with
        {
            Box = BoxIn(map, face.Box, scale), Landmarks = face.Landmarks?.Map(map),
        };
    }

    private static PixelRect BoxIn(AffineTransform map, PixelRect box, float scale)
    {
        (float x, float y) = map.Apply(box.CenterX, box.CenterY);
        return PixelRect.SquareAround(x, y, box.Width * scale);
    }
}
