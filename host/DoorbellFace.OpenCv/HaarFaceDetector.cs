using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using OpenCvSharp;

namespace DoorbellFace.OpenCv;

/// <summary>
/// OpenCV's Haar cascade for frontal faces (Viola and Jones 2001). Its confidence is the weight of the cascade's last stage, by which true
/// faces stand out from chance hits. Not thread-safe: one worker owns it.
/// </summary>
public sealed class HaarFaceDetector : IFaceDetector, IDisposable
{
    private readonly CascadeClassifier _cascade;
    private readonly HaarOptions _options;

    /// <summary>Loads the cascade.</summary>
    /// <param name="cascadePath">The XML file, such as <see cref="HaarOptions.CascadeFileName"/> of Debian's opencv-data.</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="DetectorModelException">The file is not there or is no cascade.</exception>
    public HaarFaceDetector(string cascadePath, HaarOptions? options = null)
    {
        _options = options ?? new HaarOptions();
        if (!File.Exists(cascadePath))
            throw new DetectorModelException(
                $"The face cascade {cascadePath} is not there. On Debian and Ubuntu: apt-get install opencv-data");
        _cascade = new CascadeClassifier();
        if (!LoadQuietly(cascadePath))
        {
            _cascade.Dispose();
            throw new DetectorModelException(
                $"{cascadePath} is not an OpenCV cascade file. On Debian and Ubuntu the package opencv-data holds good ones.");
        }
    }

    /// <inheritdoc/>
    public unsafe IReadOnlyList<FaceDetection> Detect(PixelBuffer picture, int minFaceEdgePixels)
    {
        if (picture.Format != PixelFormat.Gray8)
            throw new ArgumentException($"The cascade looks at Gray8; this is {picture.Format}.", nameof(picture));
        if (Math.Min(picture.Width, picture.Height) < minFaceEdgePixels) return [];
        fixed (byte* pixels = picture.Pixels)
        {
            // The Mat borrows the pixels; it is gone before they are.
            using Mat mat = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC1, (nint)pixels);
            Rect[] boxes = _cascade.DetectMultiScale(
                mat, out _, out double[] levelWeights, _options.ScaleFactor, _options.MinNeighbours, HaarDetectionTypes.ScaleImage,
                new Size(minFaceEdgePixels, minFaceEdgePixels), outputRejectLevels: true);
            var faces = new FaceDetection[boxes.Length];
            for (int i = 0; i < boxes.Length; i++)
                faces[i] =
                    new FaceDetection(new PixelRect(boxes[i].X, boxes[i].Y, boxes[i].Width, boxes[i].Height), Rotation.None,
                        (float)levelWeights[i]);
            return faces;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cascade.Dispose();

    private bool LoadQuietly(string path)
    {
        try
        {
            return _cascade.Load(path) && !_cascade.Empty();
        }
        catch (OpenCVException)
        {
            return false;
        }
    }
}
