namespace DoorbellFace.Core.Recognition;

/// <summary>
/// What a person's samples say together: their weighted mean direction, without those that are unlike the rest (a wrong person, a misplaced
/// landmark). The mean beats the nearest single sample: what is accidental in each averages out.
/// </summary>
public sealed class PersonTemplate
{
    /// <summary>A sample is set aside when its similarity to the mean of the others lies so far below the median of all.</summary>
    private const float OutlierGap = 0.25f;

    /// <summary>With fewer samples nobody can say which of them is the odd one.</summary>
    private const int FewestForOutliers = 4;

    private PersonTemplate(EnrolledPerson person, Embedding center, IReadOnlyList<FaceSample> used)
    {
        Person = person;
        Center = center;
        Used = used;
    }

    /// <summary>Whose it is.</summary>
    public EnrolledPerson Person { get; }

    /// <summary>The mean direction.</summary>
    public Embedding Center { get; }

    /// <summary>The samples it is made of.</summary>
    public IReadOnlyList<FaceSample> Used { get; }

    /// <summary>The samples that were set aside.</summary>
    public IEnumerable<FaceSample> SetAside => Person.Samples.Except(Used);

    /// <summary>Makes a person's template.</summary>
    /// <exception cref="ArgumentException">The person has no sample.</exception>
    public static PersonTemplate Of(EnrolledPerson person)
    {
        if (person.Samples.Count == 0) throw new ArgumentException($"{person.Name} has no sample to make a template of.", nameof(person));
        IReadOnlyList<FaceSample> used = WithoutOutliers(person.Samples);
        return new PersonTemplate(person, MeanOf(used), used);
    }

    private static IReadOnlyList<FaceSample> WithoutOutliers(IReadOnlyList<FaceSample> samples)
    {
        if (samples.Count < FewestForOutliers) return samples;
        float[] agreement = [.. samples.Select(sample => sample.Embedding.Similarity(MeanOf(samples.Where(other => other != sample))))];
        float median = agreement.Order().ElementAt(agreement.Length / 2);
        FaceSample[] kept = [.. samples.Where((_, i) => agreement[i] >= median - OutlierGap)];
        return kept.Length * 2 > samples.Count ? kept : samples;
    }

    private static Embedding MeanOf(IEnumerable<FaceSample> samples) =>
        Embedding.Mean(samples.Select(sample => (sample.Embedding, sample.Weight)));
}
