namespace DoorbellFace.Core.Recognition;

/// <summary>What one frame says about one face, and how much it counts.</summary>
/// <param name="Weight">Above 0; the better the face is seen, the more it counts.</param>
public sealed record FaceVote(float Weight)
{
    /// <summary>What the poorest face counts: it says little, and not nothing.</summary>
    public const float LeastWeight = 0.05f;

    /// <summary>The embedding, to be compared with the people enrolled; null when the model makes none.</summary>
    public Embedding? Embedding { get; init; }

    /// <summary>The probabilities of a network that was trained on the family; null when there is none.</summary>
    public FaceScores? Scores { get; init; }
}
