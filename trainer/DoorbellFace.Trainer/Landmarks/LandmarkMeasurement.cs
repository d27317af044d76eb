using System.Diagnostics;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.OpenCv;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>Errors and keeping under one condition.</summary>
/// <param name="Faces">Photos that it was measured on.</param>
/// <param name="Mean">Mean error, in eye distances.</param>
/// <param name="Median">Median error.</param>
/// <param name="Worst5Percent">The error that 95 of 100 stay below.</param>
/// <param name="Kept">Part of the faces taken for faces.</param>
internal sealed record LandmarkAccuracy(int Faces, double Mean, double Median, double Worst5Percent, double Kept);

/// <summary>Places told apart.</summary>
/// <param name="True">Hits of the cascade on the face, nearly upright.</param>
/// <param name="TrueKept">Of them, taken for faces.</param>
/// <param name="False">Hits on something else, or on a face that lies or stands on its head.</param>
/// <param name="FalseKept">Of them, taken for faces.</param>
/// <param name="Between">Hits that are neither.</param>
/// <param name="FacesHit">Photos whose face has a true hit.</param>
/// <param name="FacesKept">Photos of which at least one true hit was kept.</param>
internal sealed record CandidateCounts(int True, int TrueKept, int False, int FalseKept, int Between, int FacesHit, int FacesKept);

/// <summary>Measures a verifier on photos that nobody learnt from.</summary>
internal static class LandmarkMeasurement
{
    /// <summary>
    /// How far rough boxes are off: evenly up to a fifth of the edge, a fifth in size and 20 degrees, as <see cref="IFaceVerifier"/>
    /// promises to bear.
    /// </summary>
    private const float RoughShift = 0.2f, RoughSize = 0.2f, RoughDegrees = 20;

    /// <summary>Landmarks against the teacher's on the clean photo.</summary>
    /// <param name="faces">The photos.</param>
    /// <param name="facePixels">See <see cref="DoorbellView"/>.</param>
    /// <param name="rough">Whether boxes are off as far as they may be; otherwise they are the cascade's, where it sees the face.</param>
    /// <param name="verifier">What is measured.</param>
    /// <param name="threshold">Probability from which a candidate is a face.</param>
    public static LandmarkAccuracy Accuracy(IReadOnlyList<MeasuredFace> faces, int? facePixels, bool rough, IFaceVerifier verifier,
        float threshold)
    {
        using var cascade = new HaarFaceDetector(CascadeFile.Find(HaarOptions.CascadeFileName));
        var errors = new List<double>();
        int kept = 0;
        for (int i = 0; i < faces.Count; i++)
        {
            var random = new SeededRandom(1, i, facePixels ?? 0);
            (PixelBuffer frame, FaceLandmarks truth) =
                DoorbellView.Of(faces[i].Gray, faces[i].Landmarks, faces[i].BoxEdge, facePixels, random);
            FacePlace place = FacePlace.Of(truth);
            FaceDetection? box = rough
                ? Rough(place, random)
                : cascade.Detect(frame, 24).Where(hit => IsTrue(place, FacePlace.Of(hit))).Select(hit => (FaceDetection?)hit)
                    .FirstOrDefault();
            if (box is not { } candidate) continue;
            FaceVerification answer = verifier.Verify(frame, [candidate])[0];
            if (answer.FaceProbability >= threshold) kept++;
            errors.Add(LandmarkError.Of(truth, answer.Landmarks));
        }
        errors.Sort();
        return new LandmarkAccuracy(errors.Count, errors.Average(), errors[errors.Count / 2], errors[(int)(0.95 * errors.Count)],
            (double)kept / errors.Count);
    }

    /// <summary>Tells the cascade's hits apart, in photos with one face.</summary>
    public static CandidateCounts OnFaces(IReadOnlyList<MeasuredFace> faces, int stepDegrees, IFaceVerifier verifier, float threshold)
    {
        using var cascade = new CascadeHits();
        var sum = new CandidateCounts(0, 0, 0, 0, 0, 0, 0);
        foreach (MeasuredFace face in faces)
        {
            FacePlace[] hits = Hits(cascade, face.Gray, stepDegrees);
            bool[] kept = Kept(face.Gray, hits, verifier, threshold);
            int[] right = Indices(hits, hit => IsTrue(face.Place, hit)), wrong = Indices(hits, hit => FalseAlarms.IsWrong(face.Place, hit));
            sum = sum with
            {
                True = sum.True + right.Length,
                TrueKept = sum.TrueKept + right.Count(i => kept[i]),
                False = sum.False + wrong.Length,
                FalseKept = sum.FalseKept + wrong.Count(i => kept[i]),
                Between = sum.Between + hits.Length - right.Length - wrong.Length,
                FacesHit = sum.FacesHit + (right.Length > 0 ? 1 : 0),
                FacesKept = sum.FacesKept + (right.Any(i => kept[i]) ? 1 : 0),
            };
        }
        return sum;
    }

    /// <summary>The cascade's hits in photos without faces: all are wrong.</summary>
    public static CandidateCounts OnNonfaces(IReadOnlyList<PixelBuffer> pictures, int stepDegrees, IFaceVerifier verifier, float threshold)
    {
        using var cascade = new CascadeHits();
        int wrong = 0, wrongKept = 0;
        foreach (PixelBuffer picture in pictures)
        {
            FacePlace[] hits = Hits(cascade, picture, stepDegrees);
            wrong += hits.Length;
            wrongKept += Kept(picture, hits, verifier, threshold).Count(kept => kept);
        }
        return new CandidateCounts(0, 0, wrong, wrongKept, 0, 0, 0);
    }

    /// <summary>Median time of one call with so many candidates, in milliseconds.</summary>
    public static double Milliseconds(MeasuredFace face, int candidates, IFaceVerifier verifier)
    {
        const int Calls = 200;
        FaceDetection[] boxes = [.. Enumerable.Repeat(ToDetection(face.Place), candidates)];
        var times = new double[Calls];
        for (int i = -10; i < Calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            verifier.Verify(face.Gray, boxes);
            if (i >= 0) times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[Calls / 2];
    }

    /// <summary>
    /// Where the cascade's upright boxes lie on aligned faces: centre and edge in parts of the aligned picture's edge, one row for each.
    /// </summary>
    public static IReadOnlyList<(float X, float Y, float Edge)> CascadeBoxes(IReadOnlyList<MeasuredFace> faces)
    {
        using var cascade = new HaarFaceDetector(CascadeFile.Find(HaarOptions.CascadeFileName));
        var boxes = new List<(float X, float Y, float Edge)>();
        foreach (MeasuredFace face in faces)
        {
            AffineTransform map = FaceAlignment.TargetToSource(face.Landmarks, edgePixels: 1);
            foreach (FaceDetection hit in cascade.Detect(face.Gray, 24).Where(hit => IsTrue(face.Place, FacePlace.Of(hit))))
            {
                (float x, float y) = map.Inverse().Apply(hit.Box.CenterX, hit.Box.CenterY);
                boxes.Add((x, y, hit.Box.Width / map.ScaleAlongRow));
            }
        }
        return boxes;
    }

    /// <summary>
    /// Whether a hit is the face: off by less than what <see cref="IFaceVerifier"/> promises to bear, and half of it again.
    /// </summary>
    private static bool IsTrue(FacePlace face, FacePlace hit)
    {
        float size = hit.Edge / face.Edge;
        return PlaceLimits.Shift(face, hit) <= 0.3f && size is > 0.7f and < 1.45f && face.Rotation.AngleTo(hit.Rotation) <= RoughDegrees;
    }

    private static FacePlace[] Hits(CascadeHits cascade, PixelBuffer gray, int stepDegrees) =>
        [.. Enumerable.Range(0, 360 / stepDegrees).SelectMany(i => cascade.In(gray, Rotation.FromDegrees(i * stepDegrees), 24))];

    private static bool[] Kept(PixelBuffer gray, FacePlace[] hits, IFaceVerifier verifier, float threshold) =>
        [.. verifier.Verify(gray, [.. hits.Select(ToDetection)]).Select(answer => answer.FaceProbability >= threshold)];

    private static int[] Indices(FacePlace[] hits, Func<FacePlace, bool> which) =>
        [.. Enumerable.Range(0, hits.Length).Where(i => which(hits[i]))];

    private static FaceDetection Rough(FacePlace place, SeededRandom random) => ToDetection(new FacePlace(
        place.CenterX + (random.Between(-RoughShift, RoughShift) * place.Edge),
        place.CenterY + (random.Between(-RoughShift, RoughShift) * place.Edge),
        place.Edge * (1 + random.Between(-RoughSize, RoughSize)),
        Rotation.FromDegrees(place.Rotation.Degrees + random.Between(-RoughDegrees, RoughDegrees))));

    private static FaceDetection ToDetection(FacePlace place) =>
        new(PixelRect.SquareAround(place.CenterX, place.CenterY, place.Edge), place.Rotation, 1);
}
