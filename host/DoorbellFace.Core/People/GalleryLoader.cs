using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.People;

/// <summary>
/// Makes the gallery of one model out of what is kept. What the model has not seen yet it sees now, from the kept crops: a change of model
/// asks nobody to come again.
/// </summary>
public static class GalleryLoader
{
    /// <summary>The gallery by this model's embeddings, and by no other's.</summary>
    /// <param name="store">What is kept; it also keeps the embeddings that are made here.</param>
    /// <param name="embedder">The model in use.</param>
    public static Gallery Load(IGalleryStore store, IFaceEmbedder embedder) => Of(Read(store, embedder), embedder.Manifest.ModelSha256);

    /// <summary>What is kept, every sample with the embedding of this model.</summary>
    public static IReadOnlyList<StoredPerson> Read(IGalleryStore store, IFaceEmbedder embedder)
    {
        string model = embedder.Manifest.ModelSha256;
        IReadOnlyList<StoredPerson> people = store.Read(model);
        var made = new Dictionary<SampleId, Embedding>();
        foreach (StoredSample sample in people.SelectMany(person => person.Samples).Where(sample => sample.Embedding is null))
            made.Add(sample.Id, embedder.Embed(sample.Crop.Pixels, sample.Crop.Landmarks));
        if (made.Count == 0) return people;
        store.TryKeepEmbeddings(model, made);
        return [.. people.Select(person =>
            person with { Samples = [.. person.Samples.Select(sample =>
                sample with { Embedding = sample.Embedding ?? made[sample.Id] })] })];
    }

    /// <summary>The gallery of people whose samples all have their embedding.</summary>
    public static Gallery Of(IReadOnlyList<StoredPerson> people, string modelSha256) =>
        new(modelSha256,
            [.. people.Select(person => new EnrolledPerson(person.Id, person.Name, Samples(person.Positives), Samples(person.Negatives)))]);

    private static FaceSample[] Samples(IEnumerable<StoredSample> kept) =>
        [.. kept.Select(sample =>
            new FaceSample(sample.Id, sample.Embedding
                ?? throw new ArgumentException($"The sample {sample.Id} has no embedding.", nameof(kept)), sample.Weight, sample.Source))];
}
