using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Rules;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Host.Commands;

/// <summary>Rules of the house as lines to be read by ear or by finger: one rule a line, whole words, no table.</summary>
/// <param name="nameOf">The name of a person; null for somebody who is no longer enrolled.</param>
internal sealed class RulesWords(Func<PersonId, string?> nameOf)
{
    /// <summary>Every rule; one line that there is none.</summary>
    public IEnumerable<string> Describe(HouseRules rules)
    {
        string[] lines = [.. General(rules), .. rules.PerPerson.SelectMany(person => Describe(NameOf(person.Key), person.Value))];
        return lines.Length > 0 ? lines : ["There are no rules: everything is said."];
    }

    /// <summary>The rules of one person; one line that there is none.</summary>
    public static IEnumerable<string> Describe(string name, PersonRules rules)
    {
        if (rules == PersonRules.None) yield return $"{name}: no rules of their own.";
        if (rules.Sentence is { } sentence) yield return $"{name} is announced with: {sentence}";
        if (rules.SayAs is { } spelling) yield return $"{name} is pronounced: {spelling}";
        if (rules.IsSilent) yield return $"{name} is never announced. A ring still chimes.";
        if (rules.Only is { } only) yield return $"{name} is announced only {InWords(only)}.";
    }

    /// <summary>What would be heard, and why.</summary>
    /// <param name="decision">What is heard.</param>
    /// <param name="rang">Somebody rang.</param>
    /// <param name="sentence">What is said; null: nothing.</param>
    public static IEnumerable<string> Describe(RuleDecision decision, bool rang, string? sentence)
    {
        if (!rang) yield return "The chime: nobody rings, so there is none.";
        else if (decision.ChimePercent == 0) yield return "The chime: off, because of quiet hours.";
        else yield return decision.ChimePercent == 100 ? "The chime: as usual." : $"The chime: at {decision.ChimePercent} percent.";
        foreach (VisitorDecision visitor in decision.Visitors)
            yield return $"{Who(visitor.Visitor)}: {(visitor.IsSaid ? "announced" : "not announced")}, because {Because(visitor.Reason)}.";
        if (decision.Visitors.Count == 0)
            yield return $"Somebody without a face: {(decision.IsSaid ? "announced" : "not announced")}, because "
                + $"{Because(decision.WithoutFace)}.";
        yield return sentence is null ? "No sentence is heard; the visit is kept." : $"The sentence: {sentence}";
    }

    /// <summary>Times of the week in whole words.</summary>
    public static string InWords(WeeklyTimes times) => string.Join(", and ", times.Spans.Select(InWords));

    private static string InWords(WeeklySpan span)
    {
        string days = span.IsEveryDay ? "every day" : string.Join(", ", span.Days);
        if (span.IsWholeDay) return days;
        string until = WeeklySpan.Time(span.UntilMinute);
        return $"{days} from {WeeklySpan.Time(span.FromMinute)} to {until}{(span.IsOverMidnight ? " of the next day" : "")}";
    }

    private IEnumerable<string> General(HouseRules rules)
    {
        if (rules.IsMuted) yield return "Muted: nobody is announced. A ring still chimes.";
        if (rules.Quiet is { } quiet)
        {
            yield return $"Quiet hours: {InWords(quiet.Times)}. No name is spoken; ./doorbell today and visits tell later who came.";
            yield return quiet.Chime switch
            {
                ChimeRule.Off => "In quiet hours the chime is off.",
                ChimeRule.Soft => "In quiet hours the chime is soft.",
                _ => "In quiet hours the chime sounds as usual.",
            };
            if (quiet.Except.Count > 0)
                yield return $"Announced in quiet hours all the same: {string.Join(", ", quiet.Except.Select(NameOf))}.";
        }
        if (rules.VolumePercent != 100) yield return $"Volume: {rules.VolumePercent} percent.";
        if (rules.WordsPerMinute is { } pace) yield return $"Speech: {pace} words a minute.";
        if (rules.Strangers == SayRule.Chime) yield return "Strangers: only the chime.";
        if (rules.Uncertain == SayRule.Chime) yield return "People who are not certain: only the chime.";
        if (rules.RepeatAfter is { } repeat)
            yield return $"Whoever was announced and does not ring is announced again after {repeat.TotalMinutes:0} minutes at the "
                + $"earliest.";
        if (rules.SayAgainAfter is { } again)
            yield return $"What is said of a ring is said once more after {again.TotalSeconds:0} seconds.";
    }

    private string NameOf(PersonId person) => nameOf(person) ?? "Somebody who is no longer enrolled";

    private static string Who(Visitor visitor) => visitor.Outcome switch
    {
        VisitOutcome.Known => visitor.Name!,
        VisitOutcome.Uncertain => $"Perhaps {visitor.Name}",
        _ => "A stranger",
    };

    private static string Because(RuleReason reason) => reason switch
    {
        RuleReason.Usual => "no rule is against it",
        RuleReason.Asked => "somebody asked",
        RuleReason.Excepted => "quiet hours make an exception for them",
        RuleReason.Muted => "the house is muted",
        RuleReason.QuietHours => "it is quiet hours",
        RuleReason.Silent => "they are set to be never announced",
        RuleReason.OtherTimes => "they are set to be announced at other times only",
        RuleReason.Strangers => "of strangers only the chime is heard",
        RuleReason.Uncertain => "of people who are not certain only the chime is heard",
        RuleReason.SaidLately => "it was said a short time ago",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
