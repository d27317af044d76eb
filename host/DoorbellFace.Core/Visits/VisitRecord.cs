using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Visits;

/// <summary>
/// One visit, from the first press or observation until the visitor has gone. An immutable state: the tracker replaces it as it learns
/// more.
/// </summary>
public sealed record VisitRecord
{
    /// <summary>Names the visit; ordered by time (UUID version 7).</summary>
    public required VisitId Id { get; init; }

    /// <summary>The door it was at.</summary>
    public DoorId Door { get; init; } = DoorId.Front;

    /// <summary>First press or observation.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the visitor had gone; null while the visit goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What began it.</summary>
    public required VisitStart StartedBy { get; init; }

    /// <summary>What it came to.</summary>
    public VisitOutcome Outcome { get; init; } = VisitOutcome.Open;

    /// <summary>
    /// The enrolled person, for Known and Uncertain; null otherwise, and for a name that only a classifier's label gives.
    /// </summary>
    public PersonId? Person { get; init; }

    /// <summary>
    /// The name, for Known and Uncertain; otherwise null. It is kept as it was said; where visits are shown, it is the name of today.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The name as it was said, where visits are shown; null elsewhere, since <see cref="Name"/> is that name.</summary>
    public string? NameAsSaid { get; init; }

    /// <summary>The numbers behind the answer; null without a face.</summary>
    public MatchFigures? Figures { get; init; }

    /// <summary>
    /// Who else stood there. <see cref="Outcome"/>, <see cref="Person"/>, <see cref="Name"/> and <see cref="Figures"/> are those of the
    /// first: somebody known before somebody uncertain, and those before strangers; the others follow in the same order.
    /// </summary>
    public IReadOnlyList<Visitor> Company { get; init; } = [];

    /// <summary>Presses of the button during the visit.</summary>
    public int Rings { get; init; }

    /// <summary>Frames that were looked at.</summary>
    public int FramesSeen { get; init; }

    /// <summary>Frames among them with a face.</summary>
    public int FramesWithFace { get; init; }

    /// <summary>Frames that were too damaged to be looked at.</summary>
    public int FramesRefused { get; init; }

    /// <summary>Why it came to this, in sentences with figures.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The picture kept of it, relative to the store's folder; null when there is none.</summary>
    public string? PicturePath { get; init; }

    /// <summary>Everybody whose face was answered for, the first and then the company; empty when there was none.</summary>
    public IReadOnlyList<Visitor> Visitors() =>
        Outcome is VisitOutcome.Known or VisitOutcome.Uncertain or VisitOutcome.Unknown
            ? [new Visitor(Outcome, Person, Name, Figures, FramesWithFace, ""), .. Company]
            : [];

    /// <summary>Every enrolled person who is named in it.</summary>
    public IEnumerable<PersonId> NamedPeople() => Visitors().Select(visitor => visitor.Person).OfType<PersonId>();

    /// <summary>The visit with these people in it.</summary>
    /// <param name="visitors">In the order of <see cref="Company"/>, one at least.</param>
    public VisitRecord Of(IReadOnlyList<Visitor> visitors) => this with
    {
        Outcome = visitors[0].Outcome,
        Person = visitors[0].Person,
        Name = visitors[0].Name,
        Figures = visitors[0].Figures,
        Company = [.. visitors.Skip(1)],
    };
}
