using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Vision;

/// <summary>
/// The landmark network in ONNX Runtime. All candidates go through it together, each cut out upright by its box and angle. Not thread-safe:
/// one worker owns it.
/// </summary>
public sealed class OnnxFaceVerifier : IFaceVerifier, IDisposable
{
    private readonly OnnxModel _model;
    private readonly Preprocessor _preprocessor;
    private readonly bool _looksTwice;

    private OnnxFaceVerifier(OnnxModel model, bool looksTwice)
    {
        _model = model;
        _preprocessor = new Preprocessor(model.Manifest.Preprocessor);
        _looksTwice = looksTwice;
    }

    /// <summary>The model's contract; a candidate is a face when its probability reaches <see cref="MatchThresholds.Accept"/>.</summary>
    public ModelManifest Manifest => _model.Manifest;

    /// <summary>Loads a model folder.</summary>
    /// <param name="modelDirectory">The folder with <see cref="OnnxModel.ModelFile"/> and <see cref="OnnxModel.ManifestFile"/>.</param>
    /// <param name="threads">Threads that one call may use, 1 or more.</param>
    /// <param name="looksTwice">
    /// Whether faces are cut out a second time by the landmarks just found, and their landmarks looked for again: more exact where the box was
    /// off, at twice the time for faces.
    /// </param>
    /// <exception cref="InvalidModelException">A file is missing, cannot be read or is damaged, or the two disagree; the message names both sides.</exception>
    public static OnnxFaceVerifier Load(string modelDirectory, int threads, bool looksTwice = true) =>
        new(OnnxModel.Load(modelDirectory, ModelTask.Landmarks, threads), looksTwice);

    /// <inheritdoc/>
    public IReadOnlyList<FaceVerification> Verify(PixelBuffer gray, IReadOnlyList<FaceDetection> candidates)
    {
        if (gray.Format != PixelFormat.Gray8) throw new ArgumentException($"The verifier looks at Gray8; this is {gray.Format}.", nameof(gray));
        FaceVerification[] found = Look(gray, [.. candidates.Select(FacePlace.Of)]);
        if (!_looksTwice) return found;
        int[] faces = [.. Enumerable.Range(0, found.Length).Where(i => found[i].FaceProbability >= Manifest.Thresholds.Accept)];
        FaceVerification[] again = Look(gray, [.. faces.Select(i => FacePlace.Of(found[i].Landmarks))]);
        for (int k = 0; k < faces.Length; k++) found[faces[k]] = found[faces[k]] with { Landmarks = again[k].Landmarks };
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private FaceVerification[] Look(PixelBuffer gray, FacePlace[] places)
    {
        if (places.Length == 0) return [];
        int size = _preprocessor.Settings.Size, length = _preprocessor.TensorLength;
        var maps = new AffineTransform[places.Length];
        var tensor = new float[places.Length * length];
        for (int i = 0; i < places.Length; i++)
        {
            maps[i] = places[i].CropToFrame(size, _preprocessor.Settings.FaceMargin);
            _preprocessor.WriteTensor(AffineSampler.Sample(gray, maps[i], size, size), tensor.AsSpan(i * length, length));
        }
        float[][] outputs = _model.Run(tensor, Manifest.FaceName!, Manifest.OutputName);
        return [.. Enumerable.Range(0, places.Length).Select(i => new FaceVerification(1 / (1 + MathF.Exp(-outputs[0][i])), LandmarksOf(outputs[1], i, maps[i], size)))];
    }

    private static FaceLandmarks LandmarksOf(float[] numbers, int row, AffineTransform cropToFrame, int size)
    {
        var points = new FacePoint[FaceLandmarks.Count];
        for (int i = 0; i < points.Length; i++)
        {
            int at = 2 * ((row * FaceLandmarks.Count) + i);
            (float x, float y) = cropToFrame.Apply(numbers[at] * size, numbers[at + 1] * size);
            points[i] = new FacePoint(x, y);
        }
        return FaceLandmarks.FromPoints(points);
    }
}
