using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Testing;

/// <summary>Visits for tests.</summary>
public static class TestVisits
{
    public static readonly DateTimeOffset Noon = new(2026, 8, 3, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Who comes in these visits.</summary>
    public static readonly PersonId Anna = PersonId.Parse("0190a000-0000-7000-8000-000000000001");

    /// <summary>A visit that goes on, with nothing known yet.</summary>
    public static VisitRecord Open(double minutes = 0) =>
        new()
        {
            Id = new VisitId(Guid.CreateVersion7(Noon.AddMinutes(minutes))), StartedAt = Noon.AddMinutes(minutes),
            StartedBy = VisitStart.Ring, Rings = 1,
        };

    /// <summary>A visit of twenty seconds at the front door, begun with a ring, with nothing known.</summary>
    public static VisitRecord Over(DateTimeOffset at) =>
        new()
        {
            Id = VisitId.Of(DoorId.Front, at, Guid.Empty), StartedAt = at, EndedAt = at.AddSeconds(20), StartedBy = VisitStart.Ring,
            Rings = 1,
        };

    /// <summary>A visit that is over, with everything known.</summary>
    public static VisitRecord Ended(double minutes = 0, string name = "Anna") => Open(minutes) with
    {
        EndedAt = Noon.AddMinutes(minutes).AddSeconds(21.1234567),
        Outcome = VisitOutcome.Known,
        Name = name,
        Person = Anna,
        Figures = new MatchFigures { Similarity = 0.973f, Score = 0.61f, Accept = 0.3f, Reject = 0.2f },
        Rings = 2,
        FramesSeen = 6,
        FramesWithFace = 5,
        FramesRefused = 1,
        Reasons = ["5 of 6 frames agree.", "\"Zoë\" was the next, with 0.02."],
    };
}
