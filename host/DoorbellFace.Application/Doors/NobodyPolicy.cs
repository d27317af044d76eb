using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Doors;

/// <summary>Knows nobody: for a door without networks.</summary>
internal sealed class NobodyPolicy : IMatchPolicy
{
    /// <summary>The one there is.</summary>
    public static NobodyPolicy Instance { get; } = new();

    /// <inheritdoc/>
    public Identification Decide(IReadOnlyList<FaceVote> votes) =>
        new(IdentificationOutcome.Unknown, null, MatchFigures.None, "No network is loaded, so nobody can be recognised.");

    /// <inheritdoc/>
    public bool IsCertain(IReadOnlyList<FaceVote> votes, Identification soFar) => true;
}
