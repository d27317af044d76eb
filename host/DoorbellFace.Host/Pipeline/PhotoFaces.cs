using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Faces in photos. Large photos are searched at a reduced size and read at their own; in photos that are cut tightly around a face, where
/// the detector sees none, it looks again with the edges continued. Not thread-safe.
/// </summary>
internal sealed class PhotoFaces(IFaceFinder finder, IFaceReader reader)
{
    /// <summary>Twice the doorbell's frame: in photos people stand farther off.</summary>
    private const int SearchLongSidePixels = 640;

    /// <summary>With the edges continued a photo becomes so many times as large.</summary>
    private const float Surroundings = 1.6f;

    /// <summary>All faces, the largest first, in the photo's coordinates.</summary>
    /// <param name="photo">Any format.</param>
    public IReadOnlyList<RecognizedFace> Read(PixelBuffer photo)
    {
        PixelBuffer source = PixelConversion.ToGray8(photo);
        List<RecognizedFace> faces = Read(source, span: 1);
        return faces.Count > 0 ? faces : Read(source, Surroundings);
    }

    private List<RecognizedFace> Read(PixelBuffer gray, float span)
    {
        float scale = Math.Max(1, gray.Width * span / SearchLongSidePixels);
        scale = Math.Max(scale, gray.Height * span / SearchLongSidePixels);
        int width = Math.Max(1, (int)(gray.Width * span / scale)), height = Math.Max(1, (int)(gray.Height * span / scale));
        var map = AffineTransform.TargetToSource(width, height, gray.Width / 2f, gray.Height / 2f, scale, Rotation.None);
        PixelBuffer searched = scale == 1 && span == 1 ? gray : AffineSampler.Sample(gray, map, width, height);
        var faces = new List<RecognizedFace>();
        foreach (FaceDetection face in finder.Detect(searched))
        {
            FaceDetection inPhoto = face with { Box = BoxIn(map, face.Box, scale), Landmarks = face.Landmarks?.Map(map) };
            if (reader.Read(gray, inPhoto) is { } read) faces.Add(read);
        }
        return faces;
    }

    private static PixelRect BoxIn(AffineTransform map, PixelRect box, float scale)
    {
        (float x, float y) = map.Apply(box.CenterX, box.CenterY);
        return PixelRect.SquareAround(x, y, box.Width * scale);
    }
}
