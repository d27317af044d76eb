using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Visits;

/// <summary>The faces of one visit, each followed by itself, so that the frames of two visitors never vote together.</summary>
internal sealed class TrackList
{
    /// <summary>Frames after which somebody who was never seen beside another is believed to be somebody else.</summary>
    private const int FramesAlone = 3;

    private readonly List<FaceTrack> _tracks = [];
    private int _frame;
    private bool _isRung;

    /// <summary>Nobody's face has been seen.</summary>
    public bool IsEmpty => _tracks.Count == 0;

    /// <summary>Forgets everybody.</summary>
    public void Clear()
    {
        _tracks.Clear();
        (_frame, _isRung) = (0, false);
    }

    /// <summary>The button was pressed: who is seen next, or was seen a moment ago, may have pressed it.</summary>
    public void Ring()
    {
        foreach (FaceTrack track in _tracks.Where(track => track.IsThere(_frame))) track.MayHaveRung = true;
        _isRung = true;
    }

    /// <summary>Takes the faces of a frame: each goes to the track that it continues best, or begins one.</summary>
    public void Observe(IReadOnlyList<RecognizedFace> faces)
    {
        _frame++;
        var free = new List<RecognizedFace>(faces);
        var waiting = new List<FaceTrack>(_tracks);
        while (free.Count > 0)
        {
            (FaceTrack Track, RecognizedFace Face, float Fit)? best = (from track in waiting
                                                                      from face in free
                                                                      let fit = track.Fit(face, _frame)
                                                                      where fit is not null
                                                                      orderby fit descending
                                                                      select ((FaceTrack, RecognizedFace, float)?)(track, face, fit.Value))
                                                                          .FirstOrDefault();
            if (best is not var (continued, seen, _)) break;
            continued.Add(seen, _frame, faces.Count == 1);
            waiting.Remove(continued);
            free.Remove(seen);
        }
        foreach (RecognizedFace face in free)
        {
            var track = new FaceTrack { MayHaveRung = _isRung };
            track.Add(face, _frame, faces.Count == 1);
            _tracks.Add(track);
        }
    }

    /// <summary>
    /// Who stands there, as far as it can be told: known first, then uncertain, then strangers; among equals who was seen first.
    /// </summary>
    public IReadOnlyList<TrackAnswer> Decide(IMatchPolicy policy)
    {
        List<TrackAnswer> answers = [.. _tracks.Select(track => new TrackAnswer(track, policy.Decide(track.Votes)))];
        JoinSamePeople(answers, policy);
        FaceTrack? main = answers.OrderBy(Rank).ThenByDescending(answer => answer.Track.Frames).FirstOrDefault()?.Track;
        return [.. answers.Where(answer => answer.Track == main || IsSomeoneElse(answer, answers)).OrderBy(Rank)];
    }

    /// <summary>Whether more frames may be spared: enough of them agree on everybody who is there.</summary>
    public bool IsCertain(IReadOnlyList<TrackAnswer> answers, IMatchPolicy policy) =>
        answers.Count > 0
        && answers.All(answer => answer.IsDouble || policy.IsCertain(answer.Track.Votes, answer.Identification))
        // A second face in the latest frame gets one more before only the first is spoken of.
        && !_tracks.Any(track => track.Frames == 1 && track.IsThere(_frame) && answers.All(answer => answer.Track != track));

    /// <summary>
    /// One person is one track: frames that came in two are joined. Nobody is there twice; of two in one frame the less similar is somebody
    /// else.
    /// </summary>
    private void JoinSamePeople(List<TrackAnswer> answers, IMatchPolicy policy)
    {
        for (int i = 0; i < answers.Count; i++)
        {
            for (int j = answers.Count - 1; j > i; j--)
            {
                (TrackAnswer one, TrackAnswer other) = (answers[i], answers[j]);
                if (one.Identification.Name is not { } name || other.Identification.Name != name) continue;
                if (one.Track.SharedFrames == 0 || other.Track.SharedFrames == 0)
                {
                    one.Track.Join(other.Track);
                    _tracks.Remove(other.Track);
                    answers.RemoveAt(j);
                    answers[i] = one with { Identification = policy.Decide(one.Track.Votes) };
                    continue;
                }
                int lesser = Rank(other) > Rank(one) || (Rank(other) == Rank(one) && Decisive(other) <= Decisive(one)) ? j : i;
                answers[lesser] = answers[lesser] with
                {
                    IsDouble = true,
                    Identification = new Identification(
                        IdentificationOutcome.Unknown, null, answers[lesser].Identification.Figures,
                            $"{answers[lesser].Identification.Reason} But {name} stands there already, and nobody is there twice."),
                };
            }
        }
    }

    /// <summary>Whether a track is of one more person: seen beside another, or long enough by itself and unlike everybody else.</summary>
    private static bool IsSomeoneElse(TrackAnswer answer, IReadOnlyList<TrackAnswer> all)
    {
        FaceTrack track = answer.Track;
        if (track.Said is not null || answer.Identification.Outcome == IdentificationOutcome.Known) return true;
        if (track.SharedFrames >= 2) return true;
        return track.MayHaveRung && track.Frames >= FramesAlone && all.All(other => other.Track == track || track.IsUnlike(other.Track));
    }

    private static float Decisive(TrackAnswer answer) =>
        answer.Identification.Figures.Score ?? answer.Identification.Figures.Probability ?? 0;

    private static int Rank(TrackAnswer answer) => answer.Identification.Outcome switch
    {
        IdentificationOutcome.Known => 0,
        IdentificationOutcome.Uncertain => 1,
        _ => 2,
    };
}

/// <summary>A face and the answer to who it is.</summary>
internal sealed record TrackAnswer(FaceTrack Track, Identification Identification)
{
    /// <summary>It is as like somebody who stands there already.</summary>
    public bool IsDouble { get; init; }

    /// <summary>As a visit keeps it.</summary>
    public Visitor Visitor => Visitor.Of(Identification, Track.Frames);
}
