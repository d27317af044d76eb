using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>
/// Finds faces at every in-plane angle with a detector that knows only upright ones (the paper's rotation sweep). First the frame as it is;
/// if that leaves doubt, the frame turned step by step around the circle at a reduced size, on a canvas large enough that no corner is
/// lost. Boxes are mapped back and gathered into one face each. The angle at which the detector was surest and its two neighbours give the
/// face's angle, box and confidence: the first two as means weighted by confidence, the last as the sum. Not thread-safe: one worker owns
/// it.
/// </summary>
public sealed class RotationSweep : IFaceFinder
{
    /// <summary>Boxes of one face: centres nearer than this part of the larger edge.</summary>
    private const float SameFaceDistance = 0.45f;

    private readonly IFaceDetector _detector;
    private readonly RotationSweepOptions _options;

    /// <summary>Sweeps with the given upright detector.</summary>
    public RotationSweep(IFaceDetector detector, RotationSweepOptions? options = null)
    {
        _options = options ?? new RotationSweepOptions();
        if (_options.StepDegrees < 1 || 360 % _options.StepDegrees != 0)
            throw new ArgumentOutOfRangeException(nameof(options), _options.StepDegrees, "The step must divide 360 degrees.");
        _detector = detector;
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture)
    {
        PixelBuffer source = _detector.Format == PixelFormat.Gray8 ? PixelConversion.ToGray8(picture) : PixelConversion.ToRgb24(picture);
        IReadOnlyList<FaceDetection> upright = _detector.Detect(source, _options.MinFaceEdgePixels);
        if (upright.Any(face => face.Confidence >= _options.UprightConfidence))
            return VisitorFirst(Gather(upright).Select(cluster => cluster.Best)
                .Where(face => face.Confidence >= _options.UprightConfidence), source);

        var found = new List<FaceDetection>(upright);
        for (int degrees = 0; degrees < 360; degrees += _options.StepDegrees)
            found.AddRange(DetectTurned(source, Rotation.FromDegrees(degrees)));
        return VisitorFirst(Gather(found).Select(cluster => cluster.Merge(_options.StepDegrees))
            .Where(face => face.Confidence >= _options.MinConfidence), source);
    }

    /// <summary>Detections in a frame turned so that a face at <paramref name="rotation"/> stands upright, in frame coordinates.</summary>
    private IEnumerable<FaceDetection> DetectTurned(PixelBuffer source, Rotation rotation)
    {
        float scale = Math.Max(1f, (float)Math.Max(source.Width, source.Height) / _options.SweepLongSidePixels);
        (float sin, float cos) = MathF.SinCos(MathF.Abs(rotation.Radians));
        int width = (int)MathF.Ceiling(((source.Width * MathF.Abs(cos)) + (source.Height * MathF.Abs(sin))) / scale);
        int height = (int)MathF.Ceiling(((source.Width * MathF.Abs(sin)) + (source.Height * MathF.Abs(cos))) / scale);
        var map = AffineTransform.TargetToSource(width, height, source.Width / 2f, source.Height / 2f, scale, rotation);
        PixelBuffer turned = AffineSampler.Sample(source, map, width, height);
        int minFaceEdge = Math.Max(20, (int)(_options.MinFaceEdgePixels / scale));
        foreach (FaceDetection face in _detector.Detect(turned, minFaceEdge))
        {
            (float x, float y) = map.Apply(face.Box.CenterX, face.Box.CenterY);
            if (x < 0 || y < 0 || x >= source.Width || y >= source.Height) continue;
            if (face.Landmarks is { } landmarks)
                yield return FaceGeometry.FromLandmarks(landmarks.Map(map), face.Confidence);
            else
                yield return new FaceDetection(PixelRect.SquareAround(x, y, face.Box.Width * scale), rotation, face.Confidence);
        }
    }

    /// <summary>
    /// Non-maximum suppression that keeps what it suppresses: the surest detection leads, those of the same face join it.
    /// </summary>
    private static List<Cluster> Gather(IEnumerable<FaceDetection> found)
    {
        var clusters = new List<Cluster>();
        foreach (FaceDetection face in found.OrderByDescending(face => face.Confidence))
        {
            Cluster? same = clusters.Find(cluster => FaceGeometry.IsSameFace(cluster.Best.Box, face.Box, SameFaceDistance));
            if (same is null) clusters.Add(new Cluster(face));
            else same.Members.Add(face);
        }
        return clusters;
    }

    private static IReadOnlyList<FaceDetection> VisitorFirst(IEnumerable<FaceDetection> faces, PixelBuffer source) =>
        FaceOrder.VisitorFirst([.. faces], source.Width, source.Height);

    /// <summary>Detections of one face at several angles.</summary>
    private sealed class Cluster(FaceDetection best)
    {
        public FaceDetection Best { get; } = best;

        public List<FaceDetection> Members { get; } = [best];

        /// <summary>What the best angle and its neighbours say together; landmarks are exact by themselves.</summary>
        public FaceDetection Merge(int stepDegrees)
        {
            if (Best.Landmarks is not null) return Best;
            float total = 0, angle = 0, x = 0, y = 0, edge = 0;
            foreach (FaceDetection face in AroundBest(stepDegrees))
            {
                float weight = MathF.Max(face.Confidence, 0.001f);
                total += weight;
                angle += weight * Rotation.FromDegrees(face.Rotation.Degrees - Best.Rotation.Degrees).Degrees;
                x += weight * face.Box.CenterX;
                y += weight * face.Box.CenterY;
                edge += weight * face.Box.Width;
            }
            return new FaceDetection(
                PixelRect.SquareAround(x / total, y / total, edge / total), Rotation.FromDegrees(Best.Rotation.Degrees + (angle / total)),
                    total);
        }

        private IEnumerable<FaceDetection> AroundBest(int stepDegrees) => Members
            .Where(face => face.Rotation.AngleTo(Best.Rotation) < stepDegrees + 0.5f)
            .GroupBy(face => face.Rotation)
            .Select(sameAngle => sameAngle.MaxBy(face => face.Confidence));
    }
}
