using System.Runtime.InteropServices;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;
using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// The networks from which the backbone learns: YuNet finds the face, Open Model Zoo's landmarks-regression-retail-0009 its five landmarks,
/// and face-reidentification-retail-0095 says what is to be learnt, its embedding. Not thread-safe.
/// </summary>
internal sealed class Teacher : IViewTeacher
{
    /// <summary>Numbers in the teacher's embedding, and so in the student's.</summary>
    public const int EmbeddingLength = 256;

    /// <summary>The files it needs.</summary>
    public const string DetectorFile = "face_detection_yunet_2023mar.onnx", LandmarksFile = "landmarks-regression-retail-0009.onnx",
        EmbedderFile = "face-reidentification-retail-0095.onnx";

    private const int LandmarksEdge = 48, EmbedderEdge = 128;

    private const float MinConfidence = 0.6f;

    /// <summary>
    /// Photos of the sets are cut tightly, and the detector wants to see some surroundings: the photo's longer side and half of it again.
    /// </summary>
    private const float Surroundings = 1.5f;

    private const int CanvasEdge = 224;

    private readonly FaceDetectorYN _detector;
    private readonly InferenceSession _landmarks, _embedder;
    private readonly RunOptions _runOptions = new();
    private readonly Preprocessor _embedderInput = new(PreprocessorSettings.BgrBytes(EmbedderEdge)),
        _landmarksInput = new(PreprocessorSettings.BgrBytes(LandmarksEdge));

    /// <summary>Loads the three networks.</summary>
    /// <param name="folder">Where their files are.</param>
    /// <exception cref="UserErrorException">One is missing.</exception>
    public Teacher(string folder)
    {
        foreach (string file in (string[])[DetectorFile, LandmarksFile, EmbedderFile])
        {
            if (!File.Exists(Path.Combine(folder, file)))
                throw new UserErrorException(
                    $"The teacher's file '{Path.Combine(folder, file)}' is not there. Expected {DetectorFile} (OpenCV zoo), "
                    + $"{LandmarksFile} and {EmbedderFile} (Open Model Zoo, as ONNX) in one folder.");
        }
        _detector = FaceDetectorYN.Create(Path.Combine(folder, DetectorFile), "", new Size(CanvasEdge, CanvasEdge), MinConfidence);
        RuntimeTelemetry.TurnOff();
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _landmarks = new InferenceSession(Path.Combine(folder, LandmarksFile), options);
        _embedder = new InferenceSession(Path.Combine(folder, EmbedderFile), options);
    }

    /// <summary>The landmarks of the face nearest to the middle of a photo, or null when no face is seen.</summary>
    /// <param name="photo">Rgb24.</param>
    public FaceLandmarks? FindLandmarks(PixelBuffer photo) => FindFace(photo)?.Landmarks;

    /// <summary>The face nearest to the middle of a photo, or null when none is seen.</summary>
    /// <param name="photo">Rgb24.</param>
    /// <returns>The longer side of the detector's box, in pixels of the photo, and the landmarks.</returns>
    public (float BoxEdge, FaceLandmarks Landmarks)? FindFace(PixelBuffer photo)
    {
        float scale = Math.Max(photo.Width, photo.Height) * Surroundings / CanvasEdge;
        var map = AffineTransform.TargetToSource(CanvasEdge, CanvasEdge, photo.Width / 2f, photo.Height / 2f, scale, Rotation.None);
        PixelBuffer canvas = AffineSampler.Sample(photo, map, CanvasEdge, CanvasEdge);
        using Mat picture = ToBgr(canvas);
        using var faces = new Mat();
        _detector.Detect(picture, faces);
        PixelRect? box = MiddleFace(faces);
        return box is { } face ? (face.Width * scale, Landmarks(canvas, face).Map(map)) : null;
    }

    /// <inheritdoc/>
    public int AlignedEdge => EmbedderEdge;

    /// <inheritdoc/>
    public float[] EmbedAligned(PixelBuffer aligned)
    {
        if (aligned.Width != EmbedderEdge || aligned.Height != EmbedderEdge)
            throw new ArgumentException($"The teacher looks at {EmbedderEdge}x{EmbedderEdge} pixels; this is {aligned}.", nameof(aligned));
        var tensor = new float[2 * _embedderInput.TensorLength];
        _embedderInput.WriteMirroredPair(aligned, tensor);
        float[] both = Run(_embedder, tensor, [2, 3, EmbedderEdge, EmbedderEdge]);
        var mean = new float[EmbeddingLength];
        for (int half = 0; half < 2; half++)
        {
            ReadOnlySpan<float> one = both.AsSpan(half * EmbeddingLength, EmbeddingLength);
            float length = Length(one);
            for (int i = 0; i < EmbeddingLength; i++) mean[i] += one[i] / length;
        }
        float meanLength = Length(mean);
        for (int i = 0; i < EmbeddingLength; i++) mean[i] /= meanLength;
        return mean;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _detector.Dispose();
        _landmarks.Dispose();
        _embedder.Dispose();
        _runOptions.Dispose();
    }

    private static float Length(ReadOnlySpan<float> vector)
    {
        float sum = 0;
        foreach (float value in vector) sum += value * value;
        return MathF.Sqrt(sum);
    }

    private static PixelRect? MiddleFace(Mat faces)
    {
        PixelRect? best = null;
        float bestDistance = float.MaxValue;
        int rows = faces.Rows;
        for (int row = 0; row < rows; row++)
        {
            float x = faces.At<float>(row, 0), y = faces.At<float>(row, 1), w = faces.At<float>(row, 2), h = faces.At<float>(row, 3);
            float dx = x + (w / 2) - (CanvasEdge / 2f), dy = y + (h / 2) - (CanvasEdge / 2f), distance = (dx * dx) + (dy * dy);
            if (distance >= bestDistance) continue;
            bestDistance = distance;
            best = PixelRect.SquareAround(x + (w / 2), y + (h / 2), MathF.Max(w, h));
        }
        return best;
    }

    private static Mat ToBgr(PixelBuffer rgb)
    {
        var mat = new Mat(rgb.Height, rgb.Width, MatType.CV_8UC3);
        for (int row = 0; row < rgb.Height; row++) Marshal.Copy(rgb.Row(row).ToArray(), 0, mat.Ptr(row), rgb.StrideBytes);
        Cv2.CvtColor(mat, mat, ColorConversionCodes.RGB2BGR);
        return mat;
    }

    private FaceLandmarks Landmarks(PixelBuffer canvas, PixelRect box)
    {
        var map =
            AffineTransform.TargetToSource(LandmarksEdge, LandmarksEdge, box.CenterX, box.CenterY, (float)box.Width / LandmarksEdge,
                Rotation.None);
        PixelBuffer crop = AffineSampler.Sample(canvas, map, LandmarksEdge, LandmarksEdge);
        float[] places = Run(_landmarks, _landmarksInput.ToTensor(crop), [1, 3, LandmarksEdge, LandmarksEdge]);
        var points = new FacePoint[FaceLandmarks.Count];
        for (int i = 0; i < points.Length; i++)
        {
            (float x, float y) = map.Apply(places[2 * i] * LandmarksEdge, places[(2 * i) + 1] * LandmarksEdge);
            points[i] = new FacePoint(x, y);
        }
        return FaceLandmarks.FromPoints(points);
    }

    private float[] Run(InferenceSession session, float[] tensor, long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(tensor, shape);
        using var outputs = session.Run(_runOptions, session.InputNames, [input], session.OutputNames);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
