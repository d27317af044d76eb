using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Recognition;

/// <summary>
/// Strangers of earlier visits, told apart more carefully than the people enrolled: each stranger is a person without a name, and the same
/// thresholds decide whether somebody is them, and more. When in doubt nobody was here before. Not thread-safe: one worker owns it.
/// </summary>
/// <param name="householdOf">Makes what decides among people without names, with the thresholds of the model in use.</param>
public sealed class StrangerMemory(Func<IReadOnlyList<EnrolledPerson>, Household> householdOf)
{
    /// <summary>Visits that are remembered; the oldest give way.</summary>
    public const int MostVisits = 200;

    /// <summary>
    /// How far above the threshold of a name a stranger's score must lie: one picture says less of a face than an enrolment does, and there
    /// are more strangers than people enrolled. By docs/results/voice.md.
    /// </summary>
    private const float Margin = 0.08f;

    private readonly List<Remembered> _visits = [];
    private Household? _household;

    /// <summary>The visits that are remembered.</summary>
    public IEnumerable<VisitId> Visits => _visits.Select(visit => visit.Id);

    /// <summary>Remembers the stranger of a visit.</summary>
    /// <param name="visit">Which; one that is remembered already is left as it is.</param>
    /// <param name="at">When it began.</param>
    /// <param name="face">What its best picture says; without an embedding nothing is remembered.</param>
    public void Add(VisitId visit, DateTimeOffset at, FaceVote face)
    {
        if (face.Embedding is not { } embedding || _visits.Exists(known => known.Id == visit)) return;
        // A picture that reaches a stranger's threshold is another one of them.
        PersonId stranger = _household?.Search(embedding) is [{ Surplus: >= Margin } best, ..]
            ? best.Template.Person.Id
            : new PersonId(visit.Value);
        var sample = new FaceSample(new SampleId(visit.Value), embedding, face.Weight, SampleSource.Visit);
        _visits.Add(new Remembered(visit, at, stranger, sample));
        if (_visits.Count > MostVisits) _visits.Remove(_visits.MinBy(known => known.At)!);
        WorkOut();
    }

    /// <summary>Forgets every visit but these: the others were deleted, or are too old.</summary>
    public void KeepOnly(IReadOnlySet<VisitId> visits)
    {
        if (_visits.RemoveAll(visit => !visits.Contains(visit.Id)) > 0) WorkOut();
    }

    /// <summary>When a stranger was here before, the latest first; empty when they were not, or when that is not certain.</summary>
    /// <param name="votes">What the frames of the visit say of them.</param>
    /// <param name="current">The visit that goes on.</param>
    public IReadOnlyList<DateTimeOffset> Recall(IReadOnlyList<FaceVote> votes, VisitId current)
    {
        if (votes.Count == 0 || votes.Any(vote => vote.Embedding is null) || _household is null) return [];
        Identification answer = new GalleryPolicy(_household).Decide(votes);
        return answer is not { Outcome: IdentificationOutcome.Known, Figures: { Score: { } score, Accept: { } accept } }
            || score - accept < Margin
            ? []
            : [.. _visits.Where(visit => visit.Stranger == answer.Person && visit.Id != current).Select(visit => visit.At)
                .OrderDescending()];
    }

    /// <summary>The strangers: who has come most often first, and of those who came equally often whoever came last.</summary>
    public IReadOnlyList<StrangerGroup> Groups() =>
    [
        .. _visits.GroupBy(visit => visit.Stranger)
            .Select(group => (Stranger: group.Key, Visits: group.OrderByDescending(visit => visit.At).ToArray()))
            .OrderByDescending(group => group.Visits.Length).ThenByDescending(group => group.Visits[0].At)
            .Select(group => new StrangerGroup(
                group.Stranger, [.. group.Visits.Select(visit => visit.Id)],
                group.Visits.Where(visit => !Agrees(visit, group.Visits)).Select(visit => visit.Id).ToHashSet())),
    ];

    /// <summary>A picture agrees when it would be taken for the same stranger by the others alone.</summary>
    private bool Agrees(Remembered visit, Remembered[] group)
    {
        if (group.Length == 1) return true;
        PersonMatch match = _household!.Search(visit.Sample.Embedding).First(one => one.Template.Person.Id == visit.Stranger);
        var others =
            Embedding.Mean(group.Where(other => other != visit).Select(other => (other.Sample.Embedding, other.Sample.Weight)));
        return HouseholdThresholds.Score(others.Similarity(visit.Sample.Embedding), match.CohortSimilarity) >= match.Thresholds.Accept;
    }

    /// <summary>When something has changed, and not when a visitor waits for an answer.</summary>
    private void WorkOut() => _household = _visits.Count == 0
        ? null
        : householdOf([.. _visits.GroupBy(visit => visit.Stranger, visit => visit.Sample)
            .Select(group => new EnrolledPerson(group.Key, "", [.. group], []))]);

    private sealed record Remembered(VisitId Id, DateTimeOffset At, PersonId Stranger, FaceSample Sample);
}

/// <summary>The visits of one stranger, as far as can be told.</summary>
/// <param name="Stranger">Names them while they are remembered.</param>
/// <param name="Visits">The visits, the latest first.</param>
/// <param name="Disagreeing">Those among them whose picture would not be taken for the same stranger by the others alone.</param>
public sealed record StrangerGroup(PersonId Stranger, IReadOnlyList<VisitId> Visits, IReadOnlySet<VisitId> Disagreeing);
