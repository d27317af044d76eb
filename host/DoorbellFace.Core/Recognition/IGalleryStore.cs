namespace DoorbellFace.Core.Recognition;

/// <summary>Keeps everyone who is enrolled for good. Calls are short and synchronous.</summary>
public interface IGalleryStore
{
    /// <summary>Everyone, by name.</summary>
    /// <param name="modelSha256">The model whose embeddings are wanted; samples of which it has none yet come without.</param>
    IReadOnlyList<StoredPerson> Read(string modelSha256);

    /// <summary>Makes a change, whole or not at all. What it removes cannot be read from the disk afterwards.</summary>
    void Apply(GalleryChange change);

    /// <summary>Keeps what a model makes of samples; samples that are gone meanwhile are passed over.</summary>
    void KeepEmbeddings(string modelSha256, IReadOnlyDictionary<Guid, Embedding> bySample);
}

/// <summary>One picture of a person as it is kept.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="AddedAt">When it was enrolled.</param>
/// <param name="Weight">How good the picture is, above 0 and up to 1.</param>
/// <param name="IsNegative">It was taken for this person and is of someone else.</param>
/// <param name="Crop">The face.</param>
/// <param name="Embedding">What the model in use makes of it; null while that is not known.</param>
public sealed record StoredSample(Guid Id, SampleSource Source, DateTimeOffset AddedAt, float Weight, bool IsNegative, FaceCrop Crop, Embedding? Embedding);

/// <summary>An enrolled person as they are kept.</summary>
/// <param name="Id">Stays the same when the name changes.</param>
/// <param name="Name">As it is spoken; no two people have the same, whatever the case of its letters.</param>
/// <param name="Samples">Pictures of them and pictures known not to be of them, the oldest first.</param>
public sealed record StoredPerson(Guid Id, string Name, IReadOnlyList<StoredSample> Samples)
{
    /// <summary>Pictures of them.</summary>
    public IEnumerable<StoredSample> Positives => Samples.Where(sample => !sample.IsNegative);

    /// <summary>Pictures known not to be of them.</summary>
    public IEnumerable<StoredSample> Negatives => Samples.Where(sample => sample.IsNegative);
}

/// <summary>A change of the gallery. Its parts are made in the order in which they stand here.</summary>
public sealed record GalleryChange
{
    /// <summary>People who are new or have another name now.</summary>
    public IReadOnlyDictionary<Guid, string> Named { get; init; } = new Dictionary<Guid, string>();

    /// <summary>New samples, by the person they belong to.</summary>
    public IReadOnlyList<(Guid PersonId, StoredSample Sample)> Added { get; init; } = [];

    /// <summary>Samples that belong to another person now.</summary>
    public IReadOnlyList<(Guid SampleId, Guid PersonId)> Moved { get; init; } = [];

    /// <summary>Samples that go.</summary>
    public IReadOnlyList<Guid> RemovedSamples { get; init; } = [];

    /// <summary>People who go, with every sample they still have.</summary>
    public IReadOnlyList<Guid> RemovedPeople { get; init; } = [];
}
