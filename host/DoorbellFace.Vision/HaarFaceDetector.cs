using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using OpenCvSharp;

namespace DoorbellFace.Vision;

/// <summary>
/// OpenCV's Haar cascade for frontal faces (Viola and Jones 2001). Its confidence is the weight of the cascade's last stage, by which true
/// faces stand out from chance hits. Not thread-safe: one worker owns it.
/// </summary>
public sealed class HaarFaceDetector : IFaceDetector, IDisposable
{
    private readonly CascadeClassifier _cascade;
    private readonly HaarOptions _options;

    /// <summary>Loads the cascade.</summary>
    /// <exception cref="CascadeMissingException">The file is not there or is no cascade.</exception>
    public HaarFaceDetector(HaarOptions? options = null)
    {
        _options = options ?? new HaarOptions();
        string path = _options.CascadePath ?? CascadeFile.Find(HaarOptions.CascadeFileName);
        if (!File.Exists(path)) throw new CascadeMissingException($"The face cascade {path} is not there. On Debian and Ubuntu: apt-get install opencv-data");
        _cascade = new CascadeClassifier();
        if (!LoadQuietly(path))
        {
            _cascade.Dispose();
            throw new CascadeMissingException($"{path} is not an OpenCV cascade file. On Debian and Ubuntu the package opencv-data holds good ones.");
        }
    }

    /// <inheritdoc/>
    public unsafe IReadOnlyList<FaceDetection> Detect(PixelBuffer picture, int minFaceEdgePixels)
    {
        if (picture.Format != PixelFormat.Gray8) throw new ArgumentException($"The cascade looks at Gray8; this is {picture.Format}.", nameof(picture));
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
                faces[i] = new FaceDetection(new PixelRect(boxes[i].X, boxes[i].Y, boxes[i].Width, boxes[i].Height), Rotation.None, (float)levelWeights[i]);
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

/// <summary>How the cascade looks.</summary>
public sealed record HaarOptions
{
    /// <summary>The cascade's file name in Debian's opencv-data.</summary>
    public const string CascadeFileName = "haarcascade_frontalface_default.xml";

    /// <summary>The cascade file; null: the one that the system has installed.</summary>
    public string? CascadePath { get; init; }

    /// <summary>Step from one face size to the next, above 1; 1.2 by default. Smaller finds a little more and takes longer.</summary>
    public double ScaleFactor { get; init; } = 1.2;

    /// <summary>Hits that must coincide, 1 or more; 2 by default. The sweep sorts out what is left of chance hits.</summary>
    public int MinNeighbours { get; init; } = 2;
}

/// <summary>The face cascade is missing or no cascade. The message says what to install.</summary>
public sealed class CascadeMissingException(string message) : Exception(message);
