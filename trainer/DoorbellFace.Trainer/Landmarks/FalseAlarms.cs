using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>A place that the cascade took for an upright face and that is none.</summary>
/// <param name="Gray">The picture.</param>
/// <param name="Place">Where.</param>
internal sealed record FalseAlarm(PixelBuffer Gray, FacePlace Place);

/// <summary>Looks for <see cref="FalseAlarm"/>s.</summary>
internal static class FalseAlarms
{
    private const int MinFaceEdgePixels = 20;

    /// <summary>In photos without faces every hit is one.</summary>
    /// <param name="pictures">Gray8.</param>
    /// <param name="stepDegrees">From one angle to the next.</param>
    /// <param name="onPicture">Called after each picture, from several threads.</param>
    public static IReadOnlyList<FalseAlarm> InNonfaces(IReadOnlyList<PixelBuffer> pictures, int stepDegrees, Action onPicture) =>
        In(pictures.Count, i => pictures[i], Angles(stepDegrees), (_, _) => true, onPicture);

    /// <summary>
    /// In photos with a face: hits that lie on the known face but are far off its place, size or angle. Hits elsewhere count only where they
    /// are not upright: a photo may show a second face.
    /// </summary>
    /// <param name="faces">The photos.</param>
    /// <param name="stepDegrees">From one angle to the next.</param>
    /// <param name="onPicture">Called after each picture, from several threads.</param>
    public static IReadOnlyList<FalseAlarm> BesideFaces(IReadOnlyList<KnownFace> faces, int stepDegrees, Action onPicture) =>
        In(faces.Count, i => faces[i].Gray, Angles(stepDegrees), (i, hit) => IsWrong(faces[i].Place, hit), onPicture);

    /// <summary>Whether a hit is surely not the face at <paramref name="face"/>, nor another upright one.</summary>
    public static bool IsWrong(FacePlace face, FacePlace hit)
    {
        if (face.Rotation.AngleTo(hit.Rotation) >= PlaceLimits.OtherDegrees) return true;
        float distance = MathF.Sqrt(MathF.Pow(hit.CenterX - face.CenterX, 2) + MathF.Pow(hit.CenterY - face.CenterY, 2)) / face.Edge;
        float size = hit.Edge / face.Edge;
        bool touches = distance < (1 + size) / 2;
        return touches && (distance > PlaceLimits.OtherShift || size is > PlaceLimits.OtherLarger or < 1 / PlaceLimits.OtherLarger);
    }

    private static Rotation[] Angles(int stepDegrees) => [.. Enumerable.Range(0, 360 / stepDegrees).Select(i => Rotation.FromDegrees(i * stepDegrees))];

    private static List<FalseAlarm> In(int count, Func<int, PixelBuffer> picture, Rotation[] angles, Func<int, FacePlace, bool> isWrong, Action onPicture)
    {
        var found = new List<FalseAlarm>[count];
        Parallel.For(0, count, () => new CascadeHits(), (i, _, cascade) =>
        {
            found[i] =
            [
                .. angles.SelectMany(angle => cascade.In(picture(i), angle, MinFaceEdgePixels)).Where(hit => isWrong(i, hit))
                    .Select(hit => new FalseAlarm(picture(i), hit)),
            ];
            onPicture();
            return cascade;
        }, cascade => cascade.Dispose());
        return [.. found.SelectMany(list => list)];
    }
}
