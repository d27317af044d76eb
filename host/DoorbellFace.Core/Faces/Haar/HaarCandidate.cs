using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces.Haar;

/// <summary>A place where several windows saw something like a face: their mean, weighted by how far each came.</summary>
/// <param name="CenterX">In picture pixels.</param>
/// <param name="CenterY">In picture pixels.</param>
/// <param name="Edge">In picture pixels.</param>
/// <param name="Rotation">Clockwise.</param>
/// <param name="Weight">How much speaks for a face; comparable among candidates of one kind.</param>
internal readonly record struct HaarCandidate(float CenterX, float CenterY, float Edge, Rotation Rotation, float Weight)
{
    /// <summary>Joins hits.</summary>
    /// <param name="hits">One or more.</param>
    /// <param name="minStages">What each has passed at least.</param>
    /// <param name="reachDegrees">Hits farther than this from the angle of the one that came farthest add weight only: a face seen at
    /// opposite angles has no mean.</param>
    public static HaarCandidate Of(List<HaarHit> hits, int minStages, float reachDegrees)
    {
        HaarHit best = hits.MaxBy(hit => (hit.Stages, hit.Margin));
        float all = 0, near = 0, x = 0, y = 0, edge = 0, degrees = 0;
        foreach (HaarHit hit in hits)
        {
            float weight = (hit.Stages - minStages + 1) * (hit.Stages - minStages + 1),
                away = Rotation.FromDegrees(hit.Rotation.Degrees - best.Rotation.Degrees).Degrees;
            all += weight;
            if (MathF.Abs(away) > reachDegrees + 0.5f) continue;
            near += weight;
            x += weight * hit.CenterX;
            y += weight * hit.CenterY;
            edge += weight * hit.Edge;
            degrees += weight * away;
        }
        return new HaarCandidate(x / near, y / near, edge / near, Rotation.FromDegrees(best.Rotation.Degrees + (degrees / near)), all);
    }

    public FaceDetection ToDetection(float confidence) => new(PixelRect.SquareAround(CenterX, CenterY, Edge), Rotation, confidence);
}
