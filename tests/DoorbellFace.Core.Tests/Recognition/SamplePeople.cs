using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Models;

namespace DoorbellFace.Core.Tests.Recognition;

/// <summary>People as directions in space: each has an axis of their own, and a picture of them leans a little away from it.</summary>
internal static class SamplePeople
{
    internal const int Length = 64;

    internal static string Model { get; } = new('a', 64);

    internal static ModelManifest Manifest { get; } = Manifests.Family() with
    {
        ModelSha256 = Model, Task = ModelTask.Embedding, Id2Label = new Dictionary<int, string>(),
        Thresholds = new MatchThresholds(0.5f, 0.4f),
    };

    /// <summary>A picture of the person with that axis: so much of its length is noise of its own.</summary>
    internal static Embedding Picture(int axis, float noise = 0, int seed = 0)
    {
        var values = new float[Length];
        var random = new Random((axis * 1000) + seed);
        for (int i = 0; i < Length; i++) values[i] = (float)((random.NextDouble() * 2) - 1);
        var direction = Embedding.Of(values);
        for (int i = 0; i < Length; i++) values[i] = direction.Values[i] * noise;
        values[axis] += 1;
        return Embedding.Of(values);
    }

    /// <summary>A picture that is so like the person with that axis, and otherwise like nobody.</summary>
    internal static Embedding Like(int axis, float cosine, int elsewhere = Length - 1)
    {
        var values = new float[Length];
        values[axis] = cosine;
        values[elsewhere] = MathF.Sqrt(1 - (cosine * cosine));
        return Embedding.Of(values);
    }

    internal static FaceSample Sample(Embedding embedding) => new(new SampleId(Guid.NewGuid()), embedding, 1, SampleSource.Photo);

    internal static EnrolledPerson Person(string name, int axis, params Embedding[] more) =>
        new(new PersonId(Guid.NewGuid()), name, [Sample(Picture(axis)), .. more.Select(Sample)], []);

    internal static Gallery Gallery(params EnrolledPerson[] people) => new(Model, people);

    internal static StrangerBank NoStrangers { get; } = StrangerBank.Of(Model, []);

    /// <summary>Strangers of whom the most similar to the axis reaches each of these cosines.</summary>
    internal static StrangerBank Strangers(int axis, params float[] cosines) =>
        StrangerBank.Of(Model, [.. cosines.Select(cosine => Like(axis, cosine, Length - 2))]);
}
