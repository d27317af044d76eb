using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Vision;

/// <summary>
/// The landmark network in ONNX Runtime. All candidates go through it together, each cut out upright by its box and angle, which are rough;
/// those that may be faces again and again, cut out by the landmarks just found: a true face then looks like one even more, and what is
/// none seldom twice. Not thread-safe: one worker owns it.
/// </summary>
public sealed class OnnxFaceVerifier : IFaceVerifier, IDisposable
{
    /// <summary>
    /// From this probability on a candidate may be a face: less than it takes to be one, since its box may be off by a third
    /// (docs/results/detection.md has the figures of others).
    /// </summary>
    private const float MayBeFace = 0.02f;

    /// <summary>
    /// And from this one on after the second look: of what seems less likely even when its landmarks guide the eye, a third look makes no
    /// face (docs/results/detection.md, "Time").
    /// </summary>
    private const float StillMayBeFace = 0.1f;

    private readonly OnnxModel _model;
    private readonly Preprocessor _preprocessor;
    private readonly int _looks;

    private OnnxFaceVerifier(OnnxModel model, int looks)
    {
        _model = model;
        _preprocessor = new Preprocessor(model.Manifest.Preprocessor);
        _looks = looks;
    }

    /// <summary>The model's contract; a candidate is a face when its probability reaches <see cref="MatchThresholds.Accept"/>.</summary>
    public ModelManifest Manifest => _model.Manifest;

    /// <summary>Loads a model folder.</summary>
    /// <param name="modelDirectory">The folder with <see cref="OnnxModel.ModelFile"/> and <see cref="OnnxModel.ManifestFile"/>.</param>
    /// <param name="threads">Threads that one call may use, 1 or more.</param>
    /// <param name="looks"> How often it looks at what may be a face, 1 or more. Of several looks the first finds the place, the others
    /// judge, by the mean of their log-odds, and the last one's landmarks count.
    /// </param>
    /// <exception cref="InvalidModelException">A file is missing, cannot be read or is damaged, or the two disagree; the message names both
    /// sides.</exception>
    public static OnnxFaceVerifier Load(string modelDirectory, int threads, int looks = 3) =>
        new(OnnxModel.Load(modelDirectory, ModelTask.Landmarks, threads), looks);

    /// <inheritdoc/>
    public IReadOnlyList<FaceVerification> Verify(PixelBuffer gray, IReadOnlyList<FaceDetection> candidates)
    {
        if (gray.Format != PixelFormat.Gray8)
            throw new ArgumentException($"The verifier looks at Gray8; this is {gray.Format}.", nameof(gray));
        Glance[] found = Look(gray, [.. candidates.Select(FacePlace.Of)]);
        int[] faces = [.. Enumerable.Range(0, found.Length).Where(i => Probability(found[i].LogOdds) >= MayBeFace)];
        var sums = new float[found.Length];
        for (int look = 1; look < _looks; look++)
        {
            Glance[] again = Look(gray, [.. faces.Select(i => FacePlace.Of(found[i].Landmarks))]);
            foreach ((int k, int i) in faces.Index())
            {
                sums[i] += again[k].LogOdds;
                found[i] = again[k] with { LogOdds = sums[i] / look };
            }
            faces = [.. faces.Where(i => Probability(found[i].LogOdds) >= StillMayBeFace)];
        }
        return [.. found.Select(glance => new FaceVerification(Probability(glance.LogOdds), glance.Landmarks))];
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static float Probability(float logOdds) => 1 / (1 + MathF.Exp(-logOdds));

    private Glance[] Look(PixelBuffer gray, FacePlace[] places)
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
        return [.. Enumerable.Range(0, places.Length).Select(i => new Glance(outputs[0][i], LandmarksOf(outputs[1], i, maps[i], size)))];
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

    /// <summary>What one look says.</summary>
    private readonly record struct Glance(float LogOdds, FaceLandmarks Landmarks);
}
