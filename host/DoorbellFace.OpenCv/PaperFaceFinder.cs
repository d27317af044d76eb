using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using OpenCvSharp;

namespace DoorbellFace.OpenCv;

/// <summary>
/// The search of the paper that this project grew from, kept to be measured against: the cascade upright and loosely (scale 1.4, one
/// neighbour), then strictly (1.3, six) on the picture turned 24 times by 15 degrees, its corners cut off; nothing below 60 pixels. Every
/// box counts, boxes at one place as one face; its confidence is the number of them; the largest comes first, wherever it lies. Not
/// thread-safe: one worker owns it.
/// </summary>
/// <param name="cascadePath">The XML file of the cascade: <see cref="HaarOptions.CascadeFileName"/>.</param>
/// <exception cref="DetectorModelException">The file is not there or is no cascade.</exception>
public sealed class PaperFaceFinder(string cascadePath) : IFaceFinder, IDisposable
{
    private const int StepDegrees = 15;
    private const int MinFaceEdgePixels = 60;
    private const float SameFaceDistance = 0.35f;

    private static readonly HaarOptions Loose = new() { ScaleFactor = 1.4, MinNeighbours = 1 }, Strict = new()
    {
        ScaleFactor = 1.3, MinNeighbours = 6,
    };

    private readonly HaarFaceDetector _loose = new(cascadePath, Loose), _strict = new(cascadePath, Strict);

    /// <inheritdoc/>
    public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        List<FaceDetection> boxes = [.. _loose.Detect(gray, MinFaceEdgePixels)];
        using Mat mat = Mat.FromPixelData(gray.Height, gray.Width, MatType.CV_8UC1, gray.Pixels.ToArray());
        for (int degrees = 0; degrees < 360; degrees += StepDegrees) boxes.AddRange(DetectTurned(mat, degrees));
        return [.. Joined(boxes).OrderByDescending(face => face.Box.Area).ThenByDescending(face => face.Confidence)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loose.Dispose();
        _strict.Dispose();
    }

    private IEnumerable<FaceDetection> DetectTurned(Mat picture, int degrees)
    {
        int width = picture.Width, height = picture.Height;
        using Mat turn = Cv2.GetRotationMatrix2D(new Point2f(width / 2f, height / 2f), degrees, 1);
        using var turned = new Mat();
        Cv2.WarpAffine(picture, turned, turn, picture.Size());
        turned.GetArray(out byte[] pixels);
        // OpenCV turns anticlockwise for positive angles, which brings a face tilted clockwise by as much upright.
        var rotation = Rotation.FromDegrees(degrees);
        var toPicture = AffineTransform.TargetToSource(width, height, width / 2f, height / 2f, 1, rotation);
        return _strict.Detect(new PixelBuffer(width, height, PixelFormat.Gray8, pixels), MinFaceEdgePixels).Select(face =>
        {
            (float x, float y) = toPicture.Apply(face.Box.CenterX, face.Box.CenterY);
            return new FaceDetection(PixelRect.SquareAround(x, y, face.Box.Width), rotation, face.Confidence);
        });
    }

    private static List<FaceDetection> Joined(List<FaceDetection> boxes)
    {
        var faces = new List<(FaceDetection Surest, int Count)>();
        foreach (FaceDetection box in boxes.OrderByDescending(box => box.Confidence))
        {
            int same = faces.FindIndex(face => FaceGeometry.IsSameFace(face.Surest.Box, box.Box, SameFaceDistance));
            if (same < 0) faces.Add((box, 1));
            else faces[same] = faces[same] with { Count = faces[same].Count + 1 };
        }
        return [.. faces.Select(face => face.Surest with { Confidence = face.Count })];
    }
}
