using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Visits;

/// <summary>One face, followed over the frames of a visit: what its frames say, where it was last, and what has been said of it.</summary>
internal sealed class FaceTrack
{
    /// <summary>
    /// Frames kept for the vote; older ones no longer count, so a visitor who steps closer is judged by the better pictures.
    /// </summary>
    private const int MaxVotes = 12;

    /// <summary>
    /// From this cosine on a face is this one, wherever it stands now: two frames of one moment are far more alike than two photos of one
    /// person.
    /// </summary>
    private const float SameFace = 0.45f;

    /// <summary>Below this cosine it is somebody else, even in the same place: two people may have changed places.</summary>
    private const float OtherFace = 0.2f;

    /// <summary>From one frame to the next a face moves by less than this, in edges of the larger box.</summary>
    private const float Reach = 0.75f;

    /// <summary>After so many frames without the face its last place says nothing any more.</summary>
    private const int PlaceCounts = 2;

    private readonly List<FaceVote> _votes = [];
    private PixelRect _place;
    private Embedding? _mean;

    /// <summary>What its frames say, in order; at least one.</summary>
    public IReadOnlyList<FaceVote> Votes => _votes;

    /// <summary>Frames in which it was seen.</summary>
    public int Frames { get; private set; }

    /// <summary>Frames in which it was seen together with another face.</summary>
    public int SharedFrames { get; private set; }

    /// <summary>Number of the last frame in which it was seen.</summary>
    public int LastFrame { get; private set; }

    /// <summary>What has been said of it; null while nothing has.</summary>
    public VisitOutcome? Said { get; set; }

    /// <summary>The button was pressed since the face was first seen, or shortly before.</summary>
    public bool MayHaveRung { get; set; }

    /// <summary>Takes the face of one more frame.</summary>
    public void Add(RecognizedFace face, int frame, bool isAlone)
    {
        _votes.Add(face.Vote);
        if (_votes.Count > MaxVotes) _votes.RemoveAt(0);
        _place = face.Detection.Box;
        _mean = face.Vote.Embedding is null ? null : Embedding.Mean(_votes.Select(vote => (vote.Embedding!, vote.Weight)));
        Frames++;
        if (!isAlone) SharedFrames++;
        LastFrame = frame;
    }

    /// <summary>How well a face of a frame continues this one: higher is better; null when it does not.</summary>
    public float? Fit(RecognizedFace face, int frame)
    {
        bool isNear = frame - LastFrame <= PlaceCounts && FaceGeometry.IsSameFace(_place, face.Detection.Box, Reach);
        if (_mean is not null && face.Vote.Embedding is { } embedding)
        {
            float similarity = _mean.Similarity(embedding);
            return similarity >= SameFace || (isNear && similarity >= OtherFace) ? similarity + (isNear ? 1 - SameFace : 0) : null;
        }
        bool isSameLabel = face.Vote.Scores?.Best().Label is { } label && _votes[^1].Scores?.Best().Label == label;
        return isNear || isSameLabel ? (isNear ? 1 : 0) + (isSameLabel ? 0.5f : 0) : null;
    }

    /// <summary>Whether another face is certainly somebody else's, although both were never seen together.</summary>
    public bool IsUnlike(FaceTrack other) => _mean is not null && other._mean is not null && _mean.Similarity(other._mean) < OtherFace;

    /// <summary>The face was seen a moment ago.</summary>
    public bool IsThere(int frame) => frame - LastFrame < PlaceCounts;

    /// <summary>Takes over what another track saw, which turned out to be of the same face.</summary>
    public void Join(FaceTrack other)
    {
        _votes.AddRange(other._votes);
        if (_votes.Count > MaxVotes) _votes.RemoveRange(0, _votes.Count - MaxVotes);
        if (_mean is not null) _mean = Embedding.Mean(_votes.Select(vote => (vote.Embedding!, vote.Weight)));
        if (other.LastFrame > LastFrame) (_place, LastFrame) = (other._place, other.LastFrame);
        Frames += other.Frames;
        MayHaveRung |= other.MayHaveRung;
    }
}
