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
        _suspects = [.. visit.Found().Where(face => face.Spread <= MostSpread).Select(face => Seen(face.Place, visit.Frames))];
        bool isAsked = _suspects.Any(suspect => suspect.IsSure && !suspect.IsAskedAbout);
        _suspects = [.. _suspects.Select(suspect => suspect with { IsAskedAbout = suspect.IsSure })];
        return isAsked;
    }

    private Suspect Seen(WallPicture face, int frames)
    {
        Suspect? before = _suspects.Where(known => known.Face.Is(face) && known.Face.SharedWith(face) >= SamePlace)
            .MaxBy(known => known.Frames);
        return before is null
            ? new Suspect(face, 1, frames, IsAskedAbout: false)
            : before with { Face = face, Visits = before.Visits + 1, Frames = before.Frames + frames };
    }

    private sealed record Suspect(WallPicture Face, int Visits, int Frames, bool IsAskedAbout)
    {
        public bool IsSure => Visits >= WallWatch.Visits && Frames >= WallWatch.Frames;
    }
}
