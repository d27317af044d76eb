using System.Globalization;

namespace DoorbellFace.Core.Recognition;

/// <summary>
/// Decides by the likeness to the people enrolled. The frames' embeddings are averaged, weighted by quality, which takes out what is
/// accidental in each; the mean must reach the accept threshold, and a name needs two agreeing frames unless a single one is overwhelming.
/// A tie is unknown: a wrong name at the door is worse than no name.
/// </summary>
/// <param name="household">Who can be recognised.</param>
/// <param name="options">When it is sure.</param>
/// <param name="secondOpinion">The classifier of a model that was trained on the family; null where there is none.</param>
public sealed class GalleryPolicy(Household household, GalleryPolicyOptions? options = null,
    SecondOpinion? secondOpinion = null) : IMatchPolicy
{
    private readonly GalleryPolicyOptions _options = options ?? new GalleryPolicyOptions();

    /// <inheritdoc/>
    public Identification Decide(IReadOnlyList<FaceVote> votes)
    {
        Identification answer = ByLikeness(votes);
        return secondOpinion is null ? answer : secondOpinion.Weigh(answer, votes, _options.AgreeingFrames);
    }

    /// <inheritdoc/>
    public bool IsCertain(IReadOnlyList<FaceVote> votes, Identification soFar)
    {
        if (soFar.Outcome == IdentificationOutcome.Known) return true;
        if (soFar.Outcome == IdentificationOutcome.Uncertain || votes.Count < _options.AgreeingFrames) return false;
        return household.Templates.Count == 0
            || votes.All(vote => household.Search(EmbeddingOf(vote))[0] is var best && best.Score < best.Thresholds.Reject);
    }

    private Identification ByLikeness(IReadOnlyList<FaceVote> votes)
    {
        if (household.Templates.Count == 0) return new(IdentificationOutcome.Unknown, null, MatchFigures.None, "Nobody is enrolled yet.");
        IReadOnlyList<PersonMatch> ranking = household.Search(Embedding.Mean(votes.Select(vote => (EmbeddingOf(vote), vote.Weight))));
        PersonMatch best = ranking[0];
        string name = best.Template.Person.Name;
        int agreeing = votes.Count(vote => Agrees(vote, best));
        string likeness = best.CohortSimilarity == 0
            ? $"likeness {Text(best.Similarity)}"
            : $"likeness {Text(best.Similarity)}, and {Text(best.CohortSimilarity)} with the closest strangers on file: a score of "
                + $"{Text(best.Score)}";
        string agree = $"{agreeing} of {votes.Count} frames agree on {name}";

        if (best.IsNegative) return Unknown(best, $"It looks like a picture that is known not to be {name}.");
        if (best.Score < best.Thresholds.Reject)
            return Unknown(best, $"Nobody enrolled looks like this (closest: {name}, {Text(best.Similarity)}).");
        if (ranking.Count > 1 && best.Similarity - ranking[1].Similarity < _options.TieMargin)
            return Unknown(best,
                $"It looks as much like {ranking[1].Template.Person.Name} ({Text(ranking[1].Similarity)}) as like {name} "
                + $"({Text(best.Similarity)}): a tie.");
        if (best.Surplus < 0)
            return Named(IdentificationOutcome.Uncertain, best,
                $"Not sure that it is {name}: {likeness}, where {Text(best.Thresholds.Accept)} is needed, {best.Thresholds.Reason}. "
                + $"{agree}.");
        if (agreeing < _options.AgreeingFrames && best.Surplus < _options.OverwhelmingSurplus)
            return Named(IdentificationOutcome.Uncertain, best,
                $"Not sure that it is {name}: {likeness}, where a single frame needs "
                + $"{Text(best.Thresholds.Accept + _options.OverwhelmingSurplus)}. {agree}.");
        return Named(IdentificationOutcome.Known, best,
            $"Sure that it is {name}: {likeness}, where {Text(best.Thresholds.Accept)} is needed. {agree}.");
    }

    private static Identification Unknown(PersonMatch best, string reason) =>
        new(IdentificationOutcome.Unknown, null, FiguresOf(best), reason);

    private static Identification Named(IdentificationOutcome outcome, PersonMatch best, string reason) =>
        new(outcome, best.Template.Person.Name, FiguresOf(best), reason) { Person = best.Template.Person.Id };

    private static MatchFigures FiguresOf(PersonMatch best) =>
        new() { Similarity = best.Similarity, Score = best.Score, Accept = best.Thresholds.Accept, Reject = best.Thresholds.Reject };

    /// <summary>A frame agrees when by itself it is most like that person, and not unlike them.</summary>
    private bool Agrees(FaceVote vote, PersonMatch with)
    {
        PersonMatch best = household.Search(EmbeddingOf(vote))[0];
        return best.Template.Person.Id == with.Template.Person.Id && best.Score >= best.Thresholds.Reject;
    }

    private static Embedding EmbeddingOf(FaceVote vote) =>
        vote.Embedding
            ?? throw new ArgumentException("A vote without an embedding came to a policy that compares embeddings.", nameof(vote));

    private static string Text(float similarity) => similarity.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>When a likeness is enough.</summary>
public sealed record GalleryPolicyOptions
{
    /// <summary>Two people nearer than this in cosine are a tie: 0.03 by default.</summary>
    public float TieMargin { get; init; } = 0.03f;

    /// <summary>Frames that must agree on a name: 2 by default.</summary>
    public int AgreeingFrames { get; init; } = 2;

    /// <summary>So far above the accept threshold a single frame is enough, in cosine: 0.1 by default.</summary>
    public float OverwhelmingSurplus { get; init; } = 0.1f;
}
