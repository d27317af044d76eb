using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Screens;
using DoorbellFace.Host.Tests.Commands;

namespace DoorbellFace.Host.Tests.Screens;

/// <summary>Standard output of a service is the system's journal, which others may read for years.</summary>
[Collection(nameof(StandardOutput))]
public class ScreenSubscriberTests
{
    [Theory]
    [InlineData(VisitOutcome.Known)]
    [InlineData(VisitOutcome.Uncertain)]
    public async Task Without_names_no_name_is_written_of_a_visit_or_of_the_people(VisitOutcome outcome)
    {
        string written = await WriteAsync(new ScreenSubscriber(json: false, withNames: false), outcome);

        Assert.DoesNotContain("Anna", written, StringComparison.Ordinal);
        Assert.Contains("omeone I know", written, StringComparison.Ordinal);
        Assert.Contains("It knows 2 people now.", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_names_both_are_written()
    {
        string written = await WriteAsync(new ScreenSubscriber(json: false), VisitOutcome.Known);

        Assert.Contains("Anna is at the door.", written, StringComparison.Ordinal);
        Assert.Contains("It knows Anna, Ben now.", written, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(ScreenSubscriber screen, VisitOutcome outcome)
    {
        var visit = new VisitRecord
        {
            Id = new VisitId(Guid.NewGuid()), StartedAt = DateTimeOffset.UnixEpoch, StartedBy = VisitStart.Ring, Rings = 1,
                Outcome = outcome, Name = "Anna", Reasons = ["Sure it is Anna."],
        };
        var identified = new VisitorIdentified(DateTimeOffset.UnixEpoch, visit, IsCorrection: false);
        Announcement says = new AnnouncementPlanner().Plan(identified)!;
        var ended = new VisitEnded(DateTimeOffset.UnixEpoch, visit with { EndedAt = DateTimeOffset.UnixEpoch.AddSeconds(5) });
        TextWriter before = Console.Out;
        using var caught = new StringWriter();
        Console.SetOut(caught);
        try
        {
            await screen.ReceiveAsync(new VisitChanged(DoorId.Front, identified.At, identified, null, says), CancellationToken.None);
            await screen.ReceiveAsync(new VisitChanged(DoorId.Front, ended.At, ended, null, null), CancellationToken.None);
            await screen.ReceiveAsync(new PeopleChanged(DoorId.Front, identified.At, ["Anna", "Ben"], null), CancellationToken.None);
        }
        finally
        {
            Console.SetOut(before);
        }
        return caught.ToString();
    }
}
