using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.OpenCv;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>What the Haar cascade takes for faces in a picture, at many angles: the network is measured by them.</summary>
internal sealed class CascadeHits : IDisposable
{
    private readonly HaarFaceDetector _detector = new(CascadeFile.Find(HaarOptions.CascadeFileName));

    /// <summary>Hits in a picture turned by an angle, in the picture's coordinates. The canvas grows, so that no corner is lost.</summary>
    /// <param name="gray">Gray8.</param>
    /// <param name="rotation">Angle at which a face would have to be.</param>
    /// <param name="minFaceEdgePixels">Smallest box.</param>
    public IReadOnlyList<FacePlace> In(PixelBuffer gray, Rotation rotation, int minFaceEdgePixels)
    {
        (float sin, float cos) = MathF.SinCos(rotation.Radians);
        int width = (int)MathF.Ceiling((gray.Width * MathF.Abs(cos)) + (gray.Height * MathF.Abs(sin)));
        int height = (int)MathF.Ceiling((gray.Width * MathF.Abs(sin)) + (gray.Height * MathF.Abs(cos)));
        var map = AffineTransform.TargetToSource(width, height, gray.Width / 2f, gray.Height / 2f, 1, rotation);
        PixelBuffer turned = rotation == Rotation.None ? gray : AffineSampler.Sample(gray, map, width, height);
        var places = new List<FacePlace>();
        foreach (FaceDetection hit in _detector.Detect(turned, minFaceEdgePixels))
        {
            (float x, float y) = map.Apply(hit.Box.CenterX, hit.Box.CenterY);
            if (gray.Width > x && gray.Height > y && x >= 0 && y >= 0) places.Add(new FacePlace(x, y, hit.Box.Width, rotation));
        }
        return places;
    }

    /// <inheritdoc/>
    public void Dispose() => _detector.Dispose();
}
