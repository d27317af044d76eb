using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using OpenCvSharp;

namespace DoorbellFace.OpenCv;

/// <summary>
/// YuNet (Wu, Peng and Yu 2023), a small network that finds faces and five landmarks, from the file that the OpenCV zoo publishes. It
/// tolerates tilts of about 45 degrees. Its confidence is its probability, 0 to 1. Not thread-safe: one worker owns it.
/// </summary>
public sealed class YuNetFaceDetector : IFaceDetector, IDisposable
{
    /// <summary>The file's name in the OpenCV zoo.</summary>
    public const string ModelFileName = "face_detection_yunet_2023mar.onnx";

    private const float OverlapOfSameFace = 0.3f;
    private const int MostFaces = 200;

    /// <summary>Box, five landmarks and score.</summary>
    private const int NumbersPerFace = 15;

    /// <summary>A network is built for one picture size; a sweep needs three or four of them.</summary>
    private const int MostNetworks = 8;

    private readonly string _modelPath;
    private readonly float _minConfidence;
    private readonly Dictionary<Size, FaceDetectorYN> _networks = [];

    /// <summary>Loads the network.</summary>
    /// <param name="modelPath">The .onnx file.</param>
    /// <param name="minConfidence">Least probability of what is reported, 0 to 1.</param>
    /// <exception cref="DetectorModelException">The file is not there or is not YuNet.</exception>
    public YuNetFaceDetector(string modelPath, float minConfidence)
    {
        if (!File.Exists(modelPath))
            throw new DetectorModelException(
                $"There is no file '{modelPath}'. Expected {ModelFileName} from the OpenCV zoo "
                + $"(https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet).");
        (_modelPath, _minConfidence) = (modelPath, minConfidence);
        NetworkFor(new Size(320, 240));
    }

    /// <inheritdoc/>
    public PixelFormat Format => PixelFormat.Rgb24;

    /// <inheritdoc/>
    /// <exception cref="DetectorModelException">The network does not answer as YuNet does.</exception>
    public unsafe IReadOnlyList<FaceDetection> Detect(PixelBuffer picture, int minFaceEdgePixels)
    {
        if (picture.Format != PixelFormat.Rgb24)
            throw new ArgumentException($"YuNet looks at Rgb24; this is {picture.Format}.", nameof(picture));
        using var bgr = new Mat();
        using var found = new Mat();
        fixed (byte* pixels = picture.Pixels)
        {
            using Mat rgb = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, (nint)pixels);
            Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
        }
        try
        {
            NetworkFor(bgr.Size()).Detect(bgr, found);
        }
        catch (OpenCVException error)
        {
            throw new DetectorModelException(
                $"The detector's model does not answer as YuNet does: {error.ErrMsg}. Expected {ModelFileName} from the OpenCV zoo.");
        }
        if (found.Empty()) return [];
        if (found.Cols != NumbersPerFace)
            throw new DetectorModelException($"The detector's model gives {found.Cols} numbers for a face; YuNet gives {NumbersPerFace}.");
        var faces = new List<FaceDetection>();
        int rows = found.Rows;
        for (int row = 0; row < rows; row++)
        {
            FaceDetection face = ToFace(new ReadOnlySpan<float>(found.Ptr(row).ToPointer(), NumbersPerFace));
            if (face.Box.Width >= minFaceEdgePixels) faces.Add(face);
        }
        return faces;
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeNetworks();

    private FaceDetectorYN NetworkFor(Size size)
    {
        if (_networks.TryGetValue(size, out FaceDetectorYN? network)) return network;
        if (_networks.Count == MostNetworks) DisposeNetworks();
        try
        {
            network = FaceDetectorYN.Create(_modelPath, "", size, _minConfidence, OverlapOfSameFace, MostFaces);
        }
        catch (OpenCVException error)
        {
            throw new DetectorModelException(
                $"'{_modelPath}' cannot be read as YuNet: {error.ErrMsg}. Expected {ModelFileName} from the OpenCV zoo.");
        }
        _networks.Add(size, network);
        return network;
    }

    private void DisposeNetworks()
    {
        foreach (FaceDetectorYN network in _networks.Values) network.Dispose();
        _networks.Clear();
    }

    private static FaceDetection ToFace(ReadOnlySpan<float> numbers)
    {
        // YuNet counts eyes and corners from the person's right, which is the picture's left; pixel centres from 0.
        var points = new FacePoint[FaceLandmarks.Count];
        for (int i = 0; i < points.Length; i++) points[i] = new FacePoint(numbers[4 + (2 * i)] + 0.5f, numbers[5 + (2 * i)] + 0.5f);
        return FaceGeometry.FromLandmarks(FaceLandmarks.FromPoints(points), numbers[NumbersPerFace - 1]);
    }
}
