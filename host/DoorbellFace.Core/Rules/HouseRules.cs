using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Rules;

/// <summary>How the chime sounds.</summary>
public enum ChimeRule
{
    /// <summary>As always.</summary>
    Usual,

    /// <summary>At a quarter of its loudness.</summary>
    Soft,

    /// <summary>Not at all.</summary>
    Off,
}

/// <summary>What is heard of visitors of whom no name can be said for certain.</summary>
public enum SayRule
{
    /// <summary>The sentence.</summary>
    Say,

    /// <summary>The chime if they ring, and no sentence.</summary>
    Chime,
}

/// <summary>What the household wants to hear. Without any rule everything is said. Immutable.</summary>
public sealed record HouseRules
{
    /// <summary>The softest volume in percent: a chime that a rule makes softer is still heard.</summary>
    public const int LeastVolume = 10;

    /// <summary>Slowest and fastest speech, in words a minute.</summary>
    public const int LeastPace = 80, MostPace = 450;

    /// <summary>No rule at all.</summary>
    public static HouseRules None { get; } = new();

    /// <summary>Rules about single people.</summary>
    public IReadOnlyDictionary<PersonId, PersonRules> PerPerson { get; init; } = new Dictionary<PersonId, PersonRules>();

    /// <summary>When it is to be quiet; null: never.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>
    /// Loudness of chime and sentences, <see cref="LeastVolume"/> to 100 percent of what the voice is set to: 100 by default.
    /// </summary>
    public int VolumePercent { get; init; } = 100;

    /// <summary>
    /// How fast it is spoken, <see cref="LeastPace"/> to <see cref="MostPace"/> words a minute; null: as the voice is set.
    /// </summary>
    public int? WordsPerMinute { get; init; }

    /// <summary>Nobody is announced until this is taken back; the chime sounds.</summary>
    public bool IsMuted { get; init; }

    /// <summary>What is heard of strangers: the sentence by default.</summary>
    public SayRule Strangers { get; init; }

    /// <summary>What is heard of somebody who may be an enrolled person: the sentence by default.</summary>
    public SayRule Uncertain { get; init; }

    /// <summary>
    /// Whoever was announced and does not ring is not announced again before this time, 1 minute to 24 hours; null: the speaker's own
    /// pause.
    /// </summary>
    public TimeSpan? RepeatAfter { get; init; }

    /// <summary>What was said of a ring is said once more after this time, 5 seconds to 10 minutes; null: it is not.</summary>
    public TimeSpan? SayAgainAfter { get; init; }

    /// <summary>What is set for a person; nothing, for somebody without rules.</summary>
    public PersonRules Of(PersonId? person) =>
        person is { } id && PerPerson.TryGetValue(id, out PersonRules? rules) ? rules : PersonRules.None;

    /// <summary>The same with other rules for a person; without an entry where they say nothing.</summary>
    public HouseRules With(PersonId person, PersonRules rules)
    {
        var people = new Dictionary<PersonId, PersonRules>(PerPerson);
        if (rules == PersonRules.None) people.Remove(person);
        else people[person] = rules;
        return this with { PerPerson = people };
    }

    /// <summary>The same without anything about some people.</summary>
    public HouseRules Without(IReadOnlyCollection<PersonId> gone) => this with
    {
        PerPerson = PerPerson.Where(person => !gone.Contains(person.Key)).ToDictionary(),
        Quiet = Quiet is null ? null : Quiet with { Except = [.. Quiet.Except.Where(person => !gone.Contains(person))] },
    };

    /// <summary>
    /// The same after one person turned out to be another. Whoever stays and has no rules gets all of those who goes; whoever has rules
    /// keeps them, and gets only the sentence and the spelling that they lack, since a sentence too many does less harm than one that is
    /// missing.
    /// </summary>
    public HouseRules Merged(PersonId goes, PersonId stays)
    {
        PersonRules before = Of(goes), own = Of(stays);
        PersonRules joined = own == PersonRules.None ? before : own with
        {
            Sentence = own.Sentence ?? before.Sentence, SayAs = own.SayAs ?? before.SayAs,
        };
        HouseRules without = Without([goes]).With(stays, joined);
        bool isExcepted = Quiet?.Except.Contains(goes) == true && !Quiet.Except.Contains(stays);
        return isExcepted ? without with { Quiet = without.Quiet! with { Except = [.. without.Quiet.Except, stays] } } : without;
    }
}

/// <summary>Rules about one person. They count only when the doorbell is sure that it is them; <see cref="SayAs"/> counts always.</summary>
public sealed record PersonRules
{
    /// <summary>The longest sentence and the longest spelling, in letters.</summary>
    public const int LongestSentence = 200, LongestSpelling = 100;

    /// <summary>No rule.</summary>
    public static PersonRules None { get; } = new();

    /// <summary>A whole sentence in place of the usual one, such as "The nurse is here."; null: the usual one.</summary>
    public string? Sentence { get; init; }

    /// <summary>How the voice pronounces the name, spelled for it; null: as it is written.</summary>
    public string? SayAs { get; init; }

    /// <summary>They are never announced.</summary>
    public bool IsSilent { get; init; }

    /// <summary>They are announced at these times only; null: always.</summary>
    public WeeklyTimes? Only { get; init; }
}

/// <summary>Hours in which no name is spoken; visits are kept as always.</summary>
/// <param name="Times">When.</param>
public sealed record QuietHours(WeeklyTimes Times)
{
    /// <summary>How the chime sounds meanwhile.</summary>
    public ChimeRule Chime { get; init; }

    /// <summary>Who is announced all the same, when the doorbell is sure that it is them.</summary>
    public IReadOnlyList<PersonId> Except { get; init; } = [];
}
