using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Rules;

/// <summary>Why something is said or not.</summary>
public enum RuleReason
{
    /// <summary>Said: no rule is against it.</summary>
    Usual,

    /// <summary>Said: somebody indoors asked.</summary>
    Asked,

    /// <summary>Said in quiet hours: the person is an exception.</summary>
    Excepted,

    /// <summary>Not said: the house is muted.</summary>
    Muted,

    /// <summary>Not said: quiet hours.</summary>
    QuietHours,

    /// <summary>Not said: the person is never announced.</summary>
    Silent,

    /// <summary>Not said: the person is announced at other times.</summary>
    OtherTimes,

    /// <summary>Not said: of strangers only the chime is heard.</summary>
    Strangers,

    /// <summary>Not said: of uncertain people only the chime is heard.</summary>
    Uncertain,

    /// <summary>Not said: it was said a short time ago, and nobody rang.</summary>
    SaidLately,
}

/// <summary>When and how somebody came.</summary>
/// <param name="Local">The time, as the clock on the wall shows it.</param>
/// <param name="Rang">The bell was rung.</param>
/// <param name="IsAsked">Somebody indoors wants to know who is there.</param>
/// <param name="SinceSaid">Time since a visitor was announced last; null: never, or not known. Null when nobody remembers.</param>
public sealed record RuleMoment(DateTime Local, bool Rang, bool IsAsked = false, Func<Visitor, TimeSpan?>? SinceSaid = null);

/// <summary>What is said of one visitor.</summary>
/// <param name="Visitor">Who.</param>
/// <param name="Reason">Why they are announced or not.</param>
public sealed record VisitorDecision(Visitor Visitor, RuleReason Reason)
{
    /// <summary>They are announced.</summary>
    public bool IsSaid => RulePolicy.IsSaid(Reason);
}

/// <summary>What is heard of a visit.</summary>
/// <param name="ChimePercent">Loudness of the chime, 0 to 100 percent; 0: none. It sounds at a ring only.</param>
/// <param name="VolumePercent">Loudness of the sentence.</param>
/// <param name="Visitors">What is said of each visitor.</param>
/// <param name="WithoutFace">What is said when no face was seen.</param>
public sealed record RuleDecision(int ChimePercent, int VolumePercent, IReadOnlyList<VisitorDecision> Visitors, RuleReason WithoutFace)
{
    /// <summary>A sentence is spoken.</summary>
    public bool IsSaid => Visitors.Count == 0 ? RulePolicy.IsSaid(WithoutFace) : Visitors.Any(visitor => visitor.IsSaid);
}

/// <summary>
/// Decides what is heard. The first of these that fits counts, for each visitor by themselves (docs/rules.md): somebody asked; the house is
/// muted; quiet hours with their exceptions; the person's silence; the person's times; strangers or uncertain people; what was said a short
/// time ago. The chime knows quiet hours and volume only.
/// </summary>
public static class RulePolicy
{
    private const int SoftPercent = 25;

    /// <summary>Loudness of the chime at a time, 0 to 100 percent; nothing but quiet hours makes it 0.</summary>
    /// <param name="rules">The rules of the house.</param>
    /// <param name="local">The time, as the clock on the wall shows it.</param>
    public static int ChimePercent(HouseRules rules, DateTime local) =>
        (IsQuiet(rules, local) ? rules.Quiet!.Chime : ChimeRule.Usual) switch
    {
        ChimeRule.Off => 0,
        ChimeRule.Soft => Math.Max(1, rules.VolumePercent * SoftPercent / 100),
        _ => rules.VolumePercent,
    };

    /// <summary>What is heard of visitors.</summary>
    /// <param name="rules">The rules of the house.</param>
    /// <param name="visitors">Everybody with a face; empty when none was seen.</param>
    /// <param name="moment">When and how they came.</param>
    public static RuleDecision Decide(HouseRules rules, IReadOnlyList<Visitor> visitors, RuleMoment moment) => new(
        ChimePercent(rules, moment.Local),
        rules.VolumePercent,
        [.. visitors.Select(visitor => new VisitorDecision(visitor, ReasonFor(rules, visitor, moment)))],
        moment.IsAsked ? RuleReason.Asked : rules.IsMuted ? RuleReason.Muted : IsQuiet(rules, moment.Local)
            ? RuleReason.QuietHours
            : RuleReason.Usual);

    internal static bool IsSaid(RuleReason reason) => reason is RuleReason.Usual or RuleReason.Asked or RuleReason.Excepted;

    private static bool IsQuiet(HouseRules rules, DateTime local) => rules.Quiet?.Times.Contains(local) == true;

    private static RuleReason ReasonFor(HouseRules rules, Visitor visitor, RuleMoment moment)
    {
        if (moment.IsAsked) return RuleReason.Asked;
        if (rules.IsMuted) return RuleReason.Muted;
        // Who only may be Anna is treated as somebody who is not: silence for Anna must not hide another.
        PersonRules own = visitor.Outcome == VisitOutcome.Known ? rules.Of(visitor.Person) : PersonRules.None;
        bool isQuiet = IsQuiet(rules, moment.Local);
        bool isExcepted = visitor is { Outcome: VisitOutcome.Known, Person: { } person } && rules.Quiet?.Except.Contains(person) == true;
        if (isQuiet && !isExcepted) return RuleReason.QuietHours;
        if (own.IsSilent) return RuleReason.Silent;
        if (own.Only?.Contains(moment.Local) == false) return RuleReason.OtherTimes;
        if (visitor.Outcome == VisitOutcome.Unknown && rules.Strangers == SayRule.Chime) return RuleReason.Strangers;
        if (visitor.Outcome == VisitOutcome.Uncertain && rules.Uncertain == SayRule.Chime) return RuleReason.Uncertain;
        if (!moment.Rang && rules.RepeatAfter is { } pause && moment.SinceSaid?.Invoke(visitor) < pause) return RuleReason.SaidLately;
        return isQuiet ? RuleReason.Excepted : RuleReason.Usual;
    }
}
