using System.Globalization;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Host.Commands;

/// <summary>Somebody who rings in the demo.</summary>
/// <param name="Truth">Who it is, for the person who watches.</param>
/// <param name="Name">Whose name should be said; null for a stranger.</param>
/// <param name="Picture">What the camera sees.</param>
internal sealed record DemoVisitor(string Truth, string? Name, PixelBuffer Picture)
{
    /// <summary>Whether the visit was answered as it should be.</summary>
    public bool IsRightlyAnsweredBy(VisitRecord visit) =>
        Name is null ? visit.Outcome == VisitOutcome.Unknown : visit.Outcome == VisitOutcome.Known && visit.Name == Name;

    /// <summary>What came of all visits, a sentence for each person and one for the strangers.</summary>
    /// <param name="visits">Each visitor with the visit that was kept of them.</param>
    public static IEnumerable<string> InWords(IReadOnlyList<(DemoVisitor Visitor, VisitRecord Visit)> visits)
    {
        foreach (IGrouping<string?, (DemoVisitor Visitor, VisitRecord Visit)> person in visits
            .Where(one => one.Visitor.Name is not null)
            .GroupBy(one => one.Visitor.Name))
        {
            int named = person.Count(one => one.Visit.Outcome == VisitOutcome.Known && one.Visit.Name == person.Key);
            int perhaps = person.Count(one => one.Visit.Outcome == VisitOutcome.Uncertain && one.Visit.Name == person.Key);
            int wrong =
                person.Count(one => one.Visit.Outcome is VisitOutcome.Known or VisitOutcome.Uncertain && one.Visit.Name != person.Key);
            int unknown = person.Count(one => one.Visit.Outcome == VisitOutcome.Unknown);
            yield return $"{person.Key} rang {Times(person.Count())}: "
                + Parts(person.Count(), (named, "announced by name"), (perhaps, "announced as a perhaps"),
                    (unknown, "taken for a stranger"), (wrong, "taken for somebody else")) + ".";
        }
        VisitRecord[] strangers = [.. visits.Where(one => one.Visitor.Name is null).Select(one => one.Visit)];
        if (strangers.Length == 0) yield break;
        int Count(VisitOutcome outcome) => strangers.Count(visit => visit.Outcome == outcome);
        yield return $"Strangers rang {Times(strangers.Length)}: "
            + Parts(strangers.Length, (Count(VisitOutcome.Unknown), "announced as unknown"),
                (Count(VisitOutcome.Uncertain), "announced as perhaps one of the family"),
                (Count(VisitOutcome.Known), "given a name of the family")) + ".";
    }

    private static string Parts(int all, params (int Count, string What)[] parts)
    {
        string[] told =
            [.. parts.Where(part => part.Count > 0).Select(part => $"{part.Count.ToString(CultureInfo.InvariantCulture)} {part.What}")];
        int rest = all - parts.Sum(part => part.Count);
        return string.Join(", ", rest > 0
            ? [.. told, $"{rest.ToString(CultureInfo.InvariantCulture)} without a face that could be looked at"]
            : told);
    }

    private static string Times(int count) =>
        count switch { 1 => "once", 2 => "twice", _ => $"{count.ToString(CultureInfo.InvariantCulture)} times" };
}
