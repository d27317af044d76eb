namespace DoorbellFace.Core.Recognition;

/// <summary>Decides from the frames of one visit who it is.</summary>
public interface IMatchPolicy
{
    /// <summary>The answer after the frames so far, as if no more came.</summary>
    /// <param name="votes">One for each frame with a face, in order; at least one.</param>
    Identification Decide(IReadOnlyList<FaceVote> votes);

    /// <summary>Whether more frames may be spared: the answer so far is Known or Unknown, and enough frames agree on it.</summary>
    bool IsCertain(IReadOnlyList<FaceVote> votes, Identification soFar);
}
