using DoorbellFace.Core.People;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Web.Pages;

/// <summary>Whether the people enrolled are told apart, by their own pictures.</summary>
public sealed class CheckModel(PageParts parts, PageWords words, ToolRoom tools) : DoorPageModel(parts, words)
{
    /// <summary>What the test says of each, and their page; empty when nobody is enrolled.</summary>
    public IReadOnlyList<(SelfTestPerson Person, string Address)> Tested { get; private set; } = [];

    /// <summary>Tests them.</summary>
    public async Task OnGetAsync()
    {
        Dictionary<string, string> addresses =
            Parts.People.List().ToDictionary(person => person.Name, person => $"~/people/{person.Id}");
        if (addresses.Count == 0) return;
        IReadOnlyList<SelfTestPerson> tested = await tools.WorkAsync(Parts.Checks.SelfTest, HttpContext.RequestAborted);
        Tested = [.. tested.Select(person => (person, addresses.GetValueOrDefault(person.Name, "~/people")))];
    }

    /// <summary>What was found, in sentences.</summary>
    public string Found(SelfTestPerson person)
    {
        int unknown = person.Samples - person.Known - person.Uncertain - person.Confused.Values.Sum();
        return string.Join(' ',
        [
            Words.Say(Phrase.TestKnown, ("known", $"{person.Known}"), ("all", $"{person.Samples}")),
            .. person.Uncertain == 0 ? [] : (string[])[Named(Words.Count(Phrase.TestUncertain, person.Uncertain), "name", person.Name)],
            .. person.Confused.Select(other => Named(Words.Count(Phrase.TestConfused, other.Value), "other", other.Key)),
            .. unknown == 0 ? [] : (string[])[Words.Count(Phrase.TestUnknown, unknown)],
        ]);
    }

    /// <summary>What helps against it, in sentences.</summary>
    public IEnumerable<string> Advice(SelfTestPerson person) => person.Advice.Select(advice => advice.Kind switch
    {
        SelfTestAdviceKind.MergeOrAddPictures => Words.Say(Phrase.AdviceMerge, ("name", advice.Names[0]), ("other", advice.Names[1])),
        SelfTestAdviceKind.RemovePicture => Words.Say(Phrase.AdviceRemove, ("name", advice.Names[0])),
        _ => Words.Say(Phrase.AdviceAdd, ("name", advice.Names[0])),
    }).Distinct();

    private static string Named(string sentence, string placeholder, string name) =>
        sentence.Replace($"{{{placeholder}}}", name, StringComparison.Ordinal);
}
