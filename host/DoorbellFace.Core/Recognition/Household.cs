using DoorbellFace.Core.Models;

namespace DoorbellFace.Core.Recognition;

/// <summary>How like a probe is to an enrolled person.</summary>
/// <param name="Template">The person.</param>
/// <param name="Thresholds">Where the decision is made for them.</param>
/// <param name="Similarity">Cosine, -1 to 1.</param>
/// <param name="CohortSimilarity">How like the most similar strangers the probe is:
/// <see cref="StrangerBank.CohortSimilarity(Embedding)"/>.</param>
/// <param name="IsNegative">The probe is still more like a picture that is known not to be this person.</param>
public sealed record PersonMatch(PersonTemplate Template, PersonThresholds Thresholds, float Similarity, float CohortSimilarity,
    bool IsNegative)
{
    /// <summary>What the decision is made by: <see cref="HouseholdThresholds.Score"/>.</summary>
    public float Score => HouseholdThresholds.Score(Similarity, CohortSimilarity);

    /// <summary>How far the score lies above the accept threshold; comparable between people.</summary>
    public float Surplus => Score - Thresholds.Accept;
}

/// <summary>Everyone enrolled with their templates and thresholds, ready to be searched. Immutable and thread-safe.</summary>
public sealed class Household
{
    private readonly PersonTemplate[] _templates;
    private readonly StrangerBank _bank;
    private readonly IReadOnlyList<PersonThresholds> _thresholds;

    /// <summary>Works out templates and thresholds.</summary>
    /// <param name="gallery">Everyone enrolled; people without a sample are left out.</param>
    /// <param name="bank">Strangers; may be empty.</param>
    /// <param name="manifest">The model's contract.</param>
    /// <param name="options">How thresholds are made.</param>
    /// <exception cref="ArgumentException">Gallery, bank and model are not of the same model.</exception>
    public Household(Gallery gallery, StrangerBank bank, ModelManifest manifest, ThresholdOptions? options = null)
    {
        foreach (string hash in (string[])[gallery.ModelSha256, bank.ModelSha256])
        {
            if (!hash.Equals(manifest.ModelSha256, StringComparison.OrdinalIgnoreCase))
                throw new ArgumentException($"Embeddings of the model {hash} say nothing beside those of {manifest.ModelSha256}.",
                    nameof(manifest));
        }
        _bank = bank;
        _templates = [.. gallery.People.Where(person => person.Samples.Count > 0).Select(PersonTemplate.Of)];
        _thresholds = HouseholdThresholds.Of(_templates, bank, manifest.Thresholds, options ?? new ThresholdOptions());
    }

    /// <summary>Who can be recognised.</summary>
    public IReadOnlyList<PersonTemplate> Templates => _templates;

    /// <summary>Where the decision is made for each of them, in the same order.</summary>
    public IReadOnlyList<PersonThresholds> Thresholds => _thresholds;

    /// <summary>Everyone, the most similar first.</summary>
    public IReadOnlyList<PersonMatch> Search(Embedding probe)
    {
        float cohort = _bank.CohortSimilarity(probe);
        return [.. _templates.Select((template, i) => Compare(template, _thresholds[i], probe, cohort))
            .OrderByDescending(candidate => candidate.Similarity)];
    }

    private static PersonMatch Compare(PersonTemplate template, PersonThresholds thresholds, Embedding probe, float cohort)
    {
        float similarity = template.Center.Similarity(probe);
        bool isNegative = template.Person.Negatives.Any(negative => negative.Embedding.Similarity(probe) > similarity);
        return new PersonMatch(template, thresholds, similarity, cohort, isNegative);
    }
}
