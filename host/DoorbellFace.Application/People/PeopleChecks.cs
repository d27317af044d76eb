using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.People;

/// <summary>Looks at what is kept of people, and changes nothing: whether it works, and what joining or separating would bring.</summary>
/// <param name="people">Who is enrolled.</param>
public sealed class PeopleChecks(PeopleService people)
{
    /// <summary>Asks for each picture as if a visitor showed it: who is mistaken for whom, and what to do.</summary>
    /// <param name="tools">The networks.</param>
    /// <returns>One for each person, by name; empty when nobody is enrolled.</returns>
    public IReadOnlyList<SelfTestPerson> SelfTest(GalleryTools tools)
    {
        ModelManifest manifest = tools.Embedder.Manifest;
        return GallerySelfTest.Run(GalleryLoader.Of(people.List(tools.Embedder), manifest.ModelSha256), tools.Strangers, manifest);
    }

    /// <summary>What joining two entries would bring.</summary>
    /// <param name="name">Who would go.</param>
    /// <param name="into">Who would get the pictures.</param>
    /// <param name="tools">The networks.</param>
    /// <exception cref="DoorbellException">One of them is not there, or both are the same entry.</exception>
    public MergePreview PreviewMerge(string name, string into, GalleryTools tools)
    {
        IReadOnlyList<StoredPerson> everyone = people.List(tools.Embedder);
        StoredPerson goes = PersonLookup.Require(everyone, name), stays = PersonLookup.Require(everyone, into);
        if (goes.Id == stays.Id) throw new DoorbellException(ErrorKind.InvalidValue, $"Both names are {goes.Name}; name two people.");
        // Whoever goes is not compared with: the two would be rivals although nobody has said yet that they are two.
        Gallery gallery = GalleryLoader.Of([.. everyone.Where(person => person.Id != goes.Id)], tools.Embedder.Manifest.ModelSha256);
        var household = new Household(gallery, tools.Strangers, tools.Embedder.Manifest);
        bool Disagrees(StoredSample sample) =>
            household.Search(sample.Embedding!).FirstOrDefault(match => match.Template.Person.Id == stays.Id) is { } match
            && match.Score < match.Thresholds.Reject;
        return new MergePreview(
            goes.Id, goes.Name, stays.Name, goes.Positives.Count(),
            [.. goes.Positives.Where(Disagrees).Select(sample => sample.Id)]);
    }

    /// <summary>Which pictures of a person may show somebody else.</summary>
    /// <param name="name">Who.</param>
    /// <param name="tools">The networks.</param>
    /// <returns>Pictures that are like each other and unlike the rest; empty when nothing speaks for two people.</returns>
    /// <exception cref="DoorbellException">There is no such person.</exception>
    public IReadOnlyList<SampleId> SuggestSplit(string name, GalleryTools tools)
    {
        StoredPerson person = PersonLookup.Require(people.List(tools.Embedder), name);
        float least = tools.Embedder.Manifest.Thresholds.Reject;
        return TwoPeople.Find<StoredSample>([.. person.Positives], sample => sample.Embedding!, least) is ({ } smaller, _)
            ? [.. smaller.Select(sample => sample.Id)]
            : [];
    }
}

/// <summary>What joining two entries would bring.</summary>
/// <param name="Goes">Who would go.</param>
/// <param name="GoesName">Their name.</param>
/// <param name="StaysName">Who would stay.</param>
/// <param name="Pictures">Pictures that would move.</param>
/// <param name="Disagreeing">Those among them that do not look like whoever stays.</param>
public sealed record MergePreview(PersonId Goes, string GoesName, string StaysName, int Pictures, IReadOnlyList<SampleId> Disagreeing);
