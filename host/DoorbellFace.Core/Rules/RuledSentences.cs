using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Rules;

/// <summary>
/// What is said of a visit when rules count: sentences of people's own, and the usual one about the others who are announced.
/// </summary>
/// <param name="language">Its words.</param>
public sealed class RuledSentences(Language language)
{
    private readonly VisitSentences _sentences = new(language);

    /// <summary>The words of an answer.</summary>
    /// <param name="identified">What happened.</param>
    /// <param name="decision">Who of them is announced.</param>
    /// <param name="rules">The rules of the house.</param>
    /// <param name="aloud">For the voice: names as it is to pronounce them.</param>
    /// <returns>Null when nothing is said.</returns>
    public string? Answer(VisitorIdentified identified, RuleDecision decision, HouseRules rules, bool aloud)
    {
        if (!decision.IsSaid) return null;
        if (decision.Visitors.Count == 0) return _sentences.Answer(identified.Visit, identified.IsCorrection);
        Visitor[] said = [.. decision.Visitors.Where(visitor => visitor.IsSaid).Select(visitor => visitor.Visitor)];
        IEnumerable<string> own = said.Select(visitor => OwnSentence(visitor, rules)).OfType<string>();
        Visitor[] others =
            [.. said.Where(visitor => OwnSentence(visitor, rules) is null).Select(visitor => aloud ? Pronounced(visitor, rules) : visitor)];
        if (others.Length == 0) return string.Join(' ', own);
        string usual = identified.Joined.Count > 0
            ? _sentences.Joined(others)
            : _sentences.Answer(identified.Visit.Of(others), identified.IsCorrection);
        return string.Join(' ', own.Append(usual));
    }

    private static string? OwnSentence(Visitor visitor, HouseRules rules) =>
        visitor.Outcome == VisitOutcome.Known ? rules.Of(visitor.Person).Sentence : null;

    private static Visitor Pronounced(Visitor visitor, HouseRules rules) =>
        visitor.Name is not null && rules.Of(visitor.Person).SayAs is { } spelling ? visitor with { Name = spelling } : visitor;
}
