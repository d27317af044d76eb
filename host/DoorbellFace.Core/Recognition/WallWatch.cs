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

    /// <summary>
    /// So many frames of them, for it takes some to say that a face does not move. A visit in which all is clear at once gives two, and
    /// then more visits are needed.
    /// </summary>
    private const int Frames = 9;

    /// <summary>A visit of fewer frames says nothing.</summary>
    private const int FewestFrames = 2;

    /// <summary>A box trembles by a few hundredths of its edge about a picture that hangs; people move by more.</summary>
    private const float MostSpread = 0.06f;

    /// <summary>Intersection over union of the mean boxes of two visits.</summary>
    private const float SamePlace = 0.8f;

    private List<Suspect> _suspects = [];
    private StillFaces _now = new();

    /// <summary>A frame of a visit has been looked at.</summary>
    public void Look(IReadOnlyList<RecognizedFace> faces, PixelBuffer frame, DateTimeOffset at) => _now.Look(faces, frame, at);

    /// <summary>A visit is over.</summary>
    /// <returns>Whether a face has now been in the same place for long enough to ask about it; of each face it is said once.</returns>
    public bool EndVisit()
    {
        (StillFaces visit, _now) = (_now, new StillFaces());
        if (visit.Frames < FewestFrames) return false;
        (Suspect? Before, Suspect Now)[] seen = [.. visit.Found().Where(face => face.Spread <= MostSpread).Select(face =>
        {
            Suspect? before = Before(face.Place);
            return (before, new Suspect(face.Place, (before?.Visits ?? 0) + 1, (before?.Frames ?? 0) + visit.Frames));
        })];
        _suspects = [.. seen.Select(face => face.Now)];
        return seen.Any(face => face.Now.IsSure && face.Before is not { IsSure: true });
    }

    private Suspect? Before(WallPicture face) => _suspects
        .Where(known => known.Face.Is(face) && known.Face.SharedWith(face) >= SamePlace).MaxBy(known => known.Frames);

    private sealed record Suspect(WallPicture Face, int Visits, int Frames)
    {
        public bool IsSure => Visits >= WallWatch.Visits && Frames >= WallWatch.Frames;
    }
}
