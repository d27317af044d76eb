using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Recognition;

/// <summary>
/// Notices a face that is in the same place visit after visit, and does not move: most likely a picture on the wall. It decides nothing;
/// somebody has to say so. Not thread-safe.
/// </summary>
public sealed class WallWatch
{
    /// <summary>Nobody stands three times where they stood before, so exactly and so still.</summary>
    private const int Visits = 3;

    /// <summary>Of fewer frames it cannot be said that a face did not move.</summary>
    private const int FewestFrames = 3;

    /// <summary>A box trembles by a few hundredths of its edge about a picture that hangs; people move by more.</summary>
    private const float MostSpread = 0.06f;

    /// <summary>Intersection over union of the mean boxes of two visits.</summary>
    private const float SamePlace = 0.8f;

    private List<(WallPicture Face, int Visits)> _suspects = [];
    private StillFaces _now = new();

    /// <summary>A frame of a visit has been looked at.</summary>
    public void Look(IReadOnlyList<RecognizedFace> faces, PixelBuffer frame, DateTimeOffset at) => _now.Look(faces, frame, at);

    /// <summary>A visit is over.</summary>
    /// <returns>Whether a face has now been in the same place for long enough to ask about it; of each face it is said once.</returns>
    public bool EndVisit()
    {
        (StillFaces visit, _now) = (_now, new StillFaces());
        if (visit.Frames < FewestFrames) return false;
        _suspects = [.. visit.Found().Where(face => face.Spread <= MostSpread)
            .Select(face => (face.Place, 1 + VisitsBefore(face.Place)))];
        return _suspects.Any(suspect => suspect.Visits == Visits);
    }

    private int VisitsBefore(WallPicture face) =>
        _suspects.Where(known => known.Face.Is(face) && known.Face.SharedWith(face) >= SamePlace).Select(known => known.Visits)
            .DefaultIfEmpty(0).Max();
}
