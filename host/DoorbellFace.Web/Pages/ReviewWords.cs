using DoorbellFace.Application.People;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Web.Pages;

/// <summary>What waits to be named, in the words of the page: what whoever does not see the pictures needs to know.</summary>
internal static class ReviewWords
{
    /// <summary>How many pictures on how many days, and when the last was.</summary>
    public static string Title(ReviewGroup group, PageWords words)
    {
        string when = words.When(group.Faces[0].Visit.StartedAt);
        return group.Faces.Count == 1
            ? words.Say(Phrase.SingleTitle, ("when", when))
            : words.Say(
                Phrase.GroupTitle,
                ("pictures", words.Count(Phrase.SoManyPictures, group.Faces.Count)),
                ("days", words.Count(Phrase.OnSoManyDays, group.Days)), ("when", when));
    }

    /// <summary>
    /// What is to be known of them, in sentences: whether the pictures agree, whom they are most like and how far behind the next is,
    /// light, size and sharpness. Each is shown apart: names of another script would draw words of the next sentence to themselves.
    /// </summary>
    public static IEnumerable<string> Told(ReviewGroup group, PageWords words)
    {
        if (group.Faces.Count > 1)
        {
            yield return group.Disagreeing == 0
                ? words.Count(Phrase.TheyAgree, group.Faces.Count)
                : words.Count(Phrase.SomeDisagree, group.Disagreeing, ("all", $"{group.Faces.Count}"));
        }
        foreach (string sentence in Likeness(group.Like, words)) yield return sentence;
        yield return Look(group.Look, words);
    }

    private static IEnumerable<string> Likeness(LikePerson? like, PageWords words)
    {
        if (like is null) yield break;
        yield return words.Say(
            like.How switch
            {
                PersonLikeness.Alike => Phrase.LikeAlike,
                PersonLikeness.Perhaps => Phrase.LikePerhaps,
                _ => Phrase.LikeNobody,
            },
            ("name", like.Name));
        if (like.Next is not { } next) yield break;
        yield return words.Say(
            like.Distance switch
            {
                NextDistance.AsNear => Phrase.NextAsNear,
                NextDistance.Near => Phrase.NextNear,
                _ => Phrase.NextFar,
            },
            ("name", next));
    }

    /// <summary>Light, size and sharpness.</summary>
    public static string Look(FaceLook look, PageWords words) => words.Say(
        Phrase.LookIs,
        ("light", words[look.Light switch
        {
            FaceLight.RatherDark => Phrase.LightRatherDark,
            FaceLight.TooDark => Phrase.LightTooDark,
            FaceLight.RatherBright => Phrase.LightRatherBright,
            FaceLight.TooBright => Phrase.LightTooBright,
            _ => Phrase.LightGood,
        }]),
        ("size", words[Of(look.Size, Phrase.SizeWell, Phrase.SizeFairly, Phrase.SizePoorly)]),
        ("sharpness", words[Of(look.Sharpness, Phrase.SharpWell, Phrase.SharpFairly, Phrase.SharpPoorly)]));

    /// <summary>What was said, once.</summary>
    public static string Said(ReviewAct act, PageWords words) => words.Count(
        act.Kind switch
        {
            JudgementKind.Named => Phrase.SaidNamed,
            JudgementKind.NotAFace => Phrase.SaidNotAFace,
            JudgementKind.Ignored => Phrase.SaidIgnored,
            _ => Phrase.SaidLater,
        },
        act.Visits.Count, ("name", act.Name ?? words[Phrase.SomebodyForgotten]));

    private static Phrase Of(SeenAs seen, Phrase well, Phrase fairly, Phrase poorly) =>
        seen switch { SeenAs.Well => well, SeenAs.Fairly => fairly, _ => poorly };
}
