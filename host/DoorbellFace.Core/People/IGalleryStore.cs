using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.People;

/// <summary>Keeps everyone who is enrolled for good. Calls are short and synchronous.</summary>
public interface IGalleryStore : IDisposable
{
    /// <summary>The store is still where it was opened; false when somebody has deleted it.</summary>
    bool IsThere { get; }

    /// <summary>Changes whenever another connection, of this program or of another, has changed the store; cheap to ask.</summary>
    long DataVersion { get; }

    /// <summary>Everyone, by name.</summary>
    /// <param name="modelSha256">The model whose embeddings are wanted; samples of which it has none yet come without.</param>
    IReadOnlyList<StoredPerson> Read(string modelSha256);

    /// <summary>Everyone, by name, without a picture: however many pictures there are, none is read from the disk.</summary>
    /// <param name="modelSha256">The model whose embeddings are wanted as well; null for none.</param>
    IReadOnlyList<PersonOutline> ReadOutlines(string? modelSha256 = null);

    /// <summary>One picture; null when it is not there, or no longer.</summary>
    StoredSample? FindSample(SampleId id);

    /// <summary>Makes a change, whole or not at all. What it removes cannot be read from the disk afterwards.</summary>
    void Apply(GalleryChange change);

    /// <summary>Who was merged into whom: the id that went, and the one that counts today.</summary>
    IReadOnlyDictionary<PersonId, PersonId> Merged();

    /// <summary>
    /// Keeps what a model makes of samples; samples that are gone meanwhile are passed over. They can be made again, so nothing is waited
    /// for and nothing is thrown: a store that is held by another program, full or only to be read keeps none.
    /// </summary>
    /// <returns>Whether they are kept.</returns>
    bool TryKeepEmbeddings(string modelSha256, IReadOnlyDictionary<SampleId, Embedding> bySample);
}

/// <summary>One picture of a person as it is kept.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="AddedAt">When it was enrolled.</param>
/// <param name="Weight">How good the picture is, above 0 and up to 1.</param>
/// <param name="IsNegative">It was taken for this person and is of someone else.</param>
/// <param name="Crop">The face.</param>
/// <param name="Embedding">What the model in use makes of it; null while that is not known.</param>
public sealed record StoredSample(SampleId Id, SampleSource Source, DateTimeOffset AddedAt, float Weight, bool IsNegative, FaceCrop Crop,
    Embedding? Embedding)
{
    /// <summary>Names the enrolment that brought it, so that it can be taken back as a whole; null in what older programs kept.</summary>
    public Guid? Enrolment { get; init; }

    /// <summary>The visit whose picture it is; null for other pictures.</summary>
    public VisitId? Visit { get; init; }
}

/// <summary>Somebody enrolled, whatever else is known of them.</summary>
public interface INamedPerson
{
    /// <summary>Stays the same when the name changes.</summary>
    PersonId Id { get; }

    /// <summary>As it is spoken; no two people have the same, whatever the case of its letters.</summary>
    string Name { get; }
}

/// <summary>An enrolled person as they are listed: who, and which pictures, but not the pictures.</summary>
/// <param name="Id">Stays the same when the name changes.</param>
/// <param name="Name">As it is spoken; no two people have the same, whatever the case of its letters.</param>
/// <param name="Samples">Pictures of them and pictures known not to be of them, the oldest first.</param>
public sealed record PersonOutline(PersonId Id, string Name, IReadOnlyList<SampleOutline> Samples) : INamedPerson
{
    /// <summary>Pictures of them.</summary>
    public IEnumerable<SampleOutline> Positives => Samples.Where(sample => !sample.IsNegative);

    /// <summary>Pictures known not to be of them.</summary>
    public IEnumerable<SampleOutline> Negatives => Samples.Where(sample => sample.IsNegative);
}

/// <summary>What is known of a person's picture, without the picture.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="AddedAt">When it was enrolled.</param>
/// <param name="Weight">How good the picture is, above 0 and up to 1.</param>
/// <param name="IsNegative">It was taken for this person and is of someone else.</param>
public sealed record SampleOutline(SampleId Id, SampleSource Source, DateTimeOffset AddedAt, float Weight, bool IsNegative)
{
    /// <summary>Names the enrolment that brought it, so that it can be taken back as a whole; null in what older programs kept.</summary>
    public Guid? Enrolment { get; init; }

    /// <summary>The visit whose picture it is; null for other pictures.</summary>
    public VisitId? Visit { get; init; }

    /// <summary>What a model makes of it; null when none was asked for, or that model has not seen it yet.</summary>
    public Embedding? Embedding { get; init; }
}

/// <summary>An enrolled person as they are kept.</summary>
/// <param name="Id">Stays the same when the name changes.</param>
/// <param name="Name">As it is spoken; no two people have the same, whatever the case of its letters.</param>
/// <param name="Samples">Pictures of them and pictures known not to be of them, the oldest first.</param>
public sealed record StoredPerson(PersonId Id, string Name, IReadOnlyList<StoredSample> Samples) : INamedPerson
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
    public IReadOnlyDictionary<PersonId, string> Named { get; init; } = new Dictionary<PersonId, string>();

    /// <summary>New samples, by the person they belong to.</summary>
    public IReadOnlyList<(PersonId Person, StoredSample Sample)> Added { get; init; } = [];

    /// <summary>Samples that belong to another person now.</summary>
    public IReadOnlyList<(SampleId Sample, PersonId Person)> Moved { get; init; } = [];

    /// <summary>Samples that go.</summary>
    public IReadOnlyList<SampleId> RemovedSamples { get; init; } = [];

    /// <summary>
    /// People who turned out to be another one: what was said of the first counts for the second from now on, such as a visit in the past
    /// or one that is going on. The first goes, like those in <see cref="RemovedPeople"/>; its samples must have been moved.
    /// </summary>
    public IReadOnlyDictionary<PersonId, PersonId> Merged { get; init; } = new Dictionary<PersonId, PersonId>();

    /// <summary>People who go, with every sample they still have, and every mark that others were merged into them.</summary>
    public IReadOnlyList<PersonId> RemovedPeople { get; init; } = [];
}
