using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Recognition;

/// <summary>Where a sample came from.</summary>
public enum SampleSource
{
    /// <summary>A photo that was given.</summary>
    Photo,

    /// <summary>The doorbell's own camera, during enrolment.</summary>
    Camera,

    /// <summary>A past visit that was confirmed by a person.</summary>
    Visit,
}

/// <summary>One picture of an enrolled person, as the backbone sees it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Embedding">What the backbone makes of it.</param>
/// <param name="Weight">How good the picture is, above 0 and up to 1.</param>
/// <param name="Source">Where it came from.</param>
public sealed record FaceSample(SampleId Id, Embedding Embedding, float Weight, SampleSource Source);

/// <summary>An enrolled person with their pictures.</summary>
/// <param name="Id">Stays the same when the name changes.</param>
/// <param name="Name">As it is spoken.</param>
/// <param name="Samples">Pictures of them; one or more.</param>
/// <param name="Negatives">Pictures that were taken for them and are of someone else ("not Anna"); often none.</param>
public sealed record EnrolledPerson(PersonId Id, string Name, IReadOnlyList<FaceSample> Samples, IReadOnlyList<FaceSample> Negatives);

/// <summary>Everyone who is enrolled, by the embeddings of one model. Immutable.</summary>
/// <param name="ModelSha256">The model that made the embeddings; those of another say nothing beside them.</param>
/// <param name="People">In any order.</param>
public sealed record Gallery(string ModelSha256, IReadOnlyList<EnrolledPerson> People);
