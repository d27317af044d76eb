using DoorbellFace.Trainer.Network;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// Tells the named people of a harvest apart, with a margin: a face's cosine to its own person's centre must be higher than those to all
/// others by <see cref="Margin"/> (Wang et al., CosFace, 2018). It looks at the embedding itself, or at a second head over the same
/// features, which ends with the training.
/// </summary>
internal sealed class PeopleMargin : Module
{
    /// <summary>What the label of a picture without a person is.</summary>
    public const long Nobody = -1;

    private const double Margin = 0.25, Scale = 32;

    private readonly Linear? _head;
    private readonly BatchNorm1d? _norm;
    private readonly Parameter _centres;
    private readonly Dictionary<string, long> _people;

    /// <summary>Begins with each person's centre where the teacher sees it.</summary>
    /// <param name="harvest">The faces; whoever has two or more that are learnt from is a person here.</param>
    /// <param name="hasHead">Whether it looks through a head of its own.</param>
    public PeopleMargin(FaceHarvest harvest, bool hasHead)
        : base(nameof(PeopleMargin))
    {
        (string Person, int[] Faces)[] people =
            [.. Enumerable.Range(0, harvest.Faces.Count)
                .Where(face => harvest.Faces[face].Person is not null && !HeldOutFaces.Contains(harvest.Faces[face]))
                .GroupBy(face => harvest.Faces[face].Person!).Where(faces => faces.Count() > 1).Select(faces => (faces.Key, faces.ToArray()))];
        _people = people.Index().ToDictionary(entry => entry.Item.Person, entry => (long)entry.Index);
        float[] centres =
            [.. people.SelectMany(person => Enumerable.Range(0, Teacher.EmbeddingLength).Select(i =>
                person.Faces.Sum(face => harvest.Embedding(face)[i]) / person.Faces.Length))];
        _centres = new Parameter(TorchOperations.Copy(centres, people.Length, Teacher.EmbeddingLength));
        if (hasHead)
        {
            _head = Linear(FaceBackbone.FeatureLength, FaceBackbone.EmbeddingLength, hasBias: false);
            _norm = BatchNorm1d(FaceBackbone.EmbeddingLength);
        }
        RegisterComponents();
    }

    /// <summary>Whoever is on a face; <see cref="Nobody"/> where nobody here.</summary>
    public long PersonOn(HarvestedFace face) =>
        face.Person is { } person && !HeldOutFaces.Contains(face) ? _people.GetValueOrDefault(person, Nobody) : Nobody;

    /// <summary>Lets a second head begin as the backbone's own.</summary>
    public void StartFrom(FaceBackbone backbone)
    {
        if (_head is not null) backbone.CopyHeadTo(_head, _norm!);
    }

    /// <summary>The mean cross entropy over the faces whose person is known; null where there is none.</summary>
    /// <param name="operations">How layers are computed.</param>
    /// <param name="features">N x <see cref="FaceBackbone.FeatureLength"/>.</param>
    /// <param name="embedding">The backbone's own, N x 256.</param>
    /// <param name="people">N of <see cref="PersonOn"/>.</param>
    public Tensor? Of(TorchOperations operations, Tensor features, Tensor embedding, long[] people)
    {
        long[] known = [.. Enumerable.Range(0, people.Length).Where(i => people[i] != Nobody).Select(i => (long)i)];
        if (known.Length == 0) return null;
        Tensor seen = _head is null ? embedding : operations.Layer(_norm!, operations.Layer(_head, features));
        Tensor cosines = functional.normalize(seen.index_select(0, from_array(known)), dim: 1)
            .matmul(functional.normalize(_centres, dim: 1).t());
        long[] persons = [.. known.Select(i => people[i])];
        Tensor own = from_array(persons);
        Tensor margin = functional.one_hot(own, _people.Count).to_type(ScalarType.Float32) * Margin;
        return functional.cross_entropy(Scale * (cosines - margin), own);
    }
}
