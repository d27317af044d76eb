using System.Globalization;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.People;

/// <summary>What helps against a finding of the self test.</summary>
public enum SelfTestAdviceKind
{
    /// <summary>Add pictures; names the person.</summary>
    AddPictures,

    /// <summary>Join two entries, or add pictures of both; names both.</summary>
    MergeOrAddPictures,

    /// <summary>Take one picture away; names the person and the end of the picture's id.</summary>
    RemovePicture,
}

/// <summary>A finding of the self test, with what helps.</summary>
/// <param name="Kind">What helps.</param>
/// <param name="Sentence">The finding, as whole sentences.</param>
/// <param name="Names">Whom or what it is about; see <see cref="SelfTestAdviceKind"/>.</param>
public sealed record SelfTestAdvice(SelfTestAdviceKind Kind, string Sentence, IReadOnlyList<string> Names);

/// <summary>What the self test says of one person.</summary>
/// <param name="Name">Who.</param>
/// <param name="Samples">Pictures of them.</param>
/// <param name="Known">Pictures by which they would be named, were the picture a visitor.</param>
/// <param name="Uncertain">Pictures to which the answer would be "It may be ...".</param>
/// <param name="Confused">Pictures by which they would be named, or taken for perhaps being, someone else: by that name, how many.</param>
/// <param name="Weakest">The picture that is least like the others, and how like it is; null when there are fewer than two.</param>
/// <param name="Advice">What to do; empty when nothing.</param>
public sealed record SelfTestPerson(
    string Name, int Samples, int Known, int Uncertain, IReadOnlyDictionary<string, int> Confused, (SampleId Id, float Similarity)? Weakest,
        IReadOnlyList<SelfTestAdvice> Advice)
{
    /// <summary>Nothing is to be done.</summary>
    public bool IsGood => Advice.Count == 0;
}

/// <summary>
/// How well the enrolled are told apart, with nobody at the door: each picture in turn is taken out of the gallery and asked for as if a
/// visitor showed it (leave one out). A single frame decides here, so it is a little stricter than the door.
/// </summary>
public static class GallerySelfTest
{
    /// <summary>Below so many pictures the mean of them still depends on each.</summary>
    private const int FewSamples = 5;

    /// <summary>Asks for each picture.</summary>
    /// <param name="gallery">Everyone.</param>
    /// <param name="bank">Strangers; may be empty.</param>
    /// <param name="manifest">The model's contract.</param>
    /// <returns>One for each person, in the gallery's order.</returns>
    public static IReadOnlyList<SelfTestPerson> Run(Gallery gallery, StrangerBank bank, ModelManifest manifest) =>
        [.. gallery.People.Select(person => Test(person, gallery, bank, manifest))];

    private static SelfTestPerson Test(EnrolledPerson person, Gallery gallery, StrangerBank bank, ModelManifest manifest)
    {
        int known = 0, uncertain = 0;
        var confused = new Dictionary<string, int>(StringComparer.Ordinal);
        (SampleId Id, float Similarity)? weakest = null;
        foreach (FaceSample sample in person.Samples)
        {
            EnrolledPerson without = person with { Samples = [.. person.Samples.Where(other => other.Id != sample.Id)] };
            var household =
                new Household(gallery with { People = [.. gallery.People.Select(other => other.Id == person.Id ? without : other)] }, bank,
                    manifest);
            if (household.Templates.Count == 0) continue;
            IReadOnlyList<PersonMatch> ranking = household.Search(sample.Embedding);
            PersonMatch? self = ranking.FirstOrDefault(match => match.Template.Person.Id == person.Id);
            if (self is not null && (weakest is null || self.Similarity < weakest.Value.Similarity)) weakest = (sample.Id, self.Similarity);
            PersonMatch best = ranking[0];
            if (best.IsNegative || best.Score < best.Thresholds.Reject) continue;
            if (best.Template.Person.Id != person.Id)
                confused[best.Template.Person.Name] = confused.GetValueOrDefault(best.Template.Person.Name) + 1;
            else if (best.Surplus >= 0) known++;
            else uncertain++;
        }
        return new SelfTestPerson(person.Name, person.Samples.Count, known, uncertain, confused, weakest,
            Advice(person, known, confused, weakest, manifest));
    }

    private static List<SelfTestAdvice> Advice(
        EnrolledPerson person, int known, Dictionary<string, int> confused, (SampleId Id, float Similarity)? weakest,
            ModelManifest manifest)
    {
        var advice = new List<SelfTestAdvice>();
        int samples = person.Samples.Count;
        if (samples < FewSamples)
            advice.Add(new(SelfTestAdviceKind.AddPictures,
                $"There {(samples == 1 ? "is 1 picture" : $"are {samples} pictures")} of {person.Name}: add some, ten are good.",
                [person.Name]));
        foreach ((string other, int count) in confused)
        {
            advice.Add(new(
                SelfTestAdviceKind.MergeOrAddPictures,
                $"{PictureCount.InWords(count)} of {person.Name} {(count == 1 ? "looks" : "look")} like {other}. If both are one person, "
                + $"join them; otherwise add pictures of both, taken at the door.",
                [person.Name, other]));
        }
        if (samples >= FewSamples && known * 2 < samples && confused.Count == 0)
        {
            advice.Add(new(
                SelfTestAdviceKind.AddPictures,
                $"{person.Name} would be named by {known} of {samples} pictures only. The pictures differ much from each other: add some "
                + $"that are taken at the door, in the light there.",
                [person.Name]));
        }
        if (samples >= FewSamples && weakest is { } odd && odd.Similarity < manifest.Thresholds.Reject)
        {
            string picture = odd.Id.ToString()[^8..];
            advice.Add(new(
                SelfTestAdviceKind.RemovePicture,
                string.Create(CultureInfo.InvariantCulture,
                    $"The picture {picture} does not look like the others of {person.Name} ({odd.Similarity:0.00}). Is it someone else?"),
                [person.Name, picture]));
        }
        return advice;
    }
}
