using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Screens;
using DoorbellFace.Host.Tests.Commands;

namespace DoorbellFace.Host.Tests.Screens;

/// <summary>docs/events.md and what is written are the same.</summary>
[Collection(nameof(StandardOutput))]
public class EventLinesTests
{
    private static readonly DateTimeOffset At = TestVisits.Noon;

    [Fact]
    public void Every_event_is_written_with_the_fields_that_the_page_names()
    {
        Dictionary<string, string[]> written = Events().Select(Written).ToDictionary(line => line["event"]!.GetValue<string>(), FieldsOf);

        Assert.Equal(Described(), written);
    }

    [Fact]
    public void Every_event_of_a_door_has_a_line()
    {
        Type[] known = [.. Events().Select(happened => happened.GetType()).Distinct()];

        Assert.Empty(typeof(DoorEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DoorEvent))).Except(known));
    }

    [Fact]
    public void A_visit_is_written_with_the_fields_that_the_page_names()
    {
        JsonObject visit =
            Written(new VisitChanged(DoorId.Front, At, new VisitEnded(At, TestVisits.Ended()), null, null))["visit"]!.AsObject();
        string page = Page().Split("## A visit")[1].Split("## Subscribing")[0];

        Assert.All(visit.Select(field => field.Key).Concat(visit["figures"]!.AsObject().Select(field => field.Key)), name =>
            Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    private static IEnumerable<DoorEvent> Events()
    {
        DoorId door = DoorId.Front;
        VisitRecord visit = TestVisits.Ended();
        yield return new DoorbellFound(door, At, "/dev/ttyACM0", null);
        yield return new DoorbellLost(door, At, LinkFault.Unplugged, "It is gone.");
        yield return new BellRang(door, At, 1, 1);
        yield return new ChimeSounded(door, At);
        yield return new FrameLookedAt(door, At, 7, 0, 1, TimeSpan.FromMilliseconds(12));
        yield return new FrameDamaged(door, At, 8, "Too many rows are missing.");
        yield return new DoorbellRemarked(door, At, "The supply is low.");
        foreach (VisitEvent happened in (VisitEvent[])[new VisitStarted(At, visit), new VisitorRangAgain(At, visit),
            new VisitorIdentified(At, visit, false), new VisitEnded(At, visit)])
            yield return new VisitChanged(door, At, happened, null, null);
        yield return new VisitForgotten(door, At, visit);
        yield return new PeopleChanged(door, At, ["Anna"], null);
        yield return new SentenceSounded(door, At, "Anna is at the door.", visit.Id, TimeSpan.FromMilliseconds(3));
        yield return new DoorClosed(door, At, new LinkStatistics(), new PipelineCounters(), default(SpeechCounters));
    }

    private static JsonObject Written(DoorEvent happened)
    {
        TextWriter before = Console.Out;
        using var caught = new StringWriter();
        try
        {
            Console.SetOut(caught);
            EventLines.Write(happened);
        }
        finally
        {
            Console.SetOut(before);
        }
        return JsonNode.Parse(caught.ToString())!.AsObject();
    }

    private static string[] FieldsOf(JsonObject line) => [.. line.Select(field => field.Key).Except(["event", "at", "door"])];

    private static Dictionary<string, string[]> Described() => Page().Split("## A visit")[0].Split('\n')
        .Select(line => Regex.Match(line, @"^\| `([a-z_]+)` \| ([^|]*)\|"))
        .Where(row => row.Success)
        .ToDictionary(row => row.Groups[1].Value, row =>
            Regex.Matches(row.Groups[2].Value, "`([a-z_]+)`").Select(field => field.Groups[1].Value).ToArray());

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));
}
