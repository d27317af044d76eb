using System.Text;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Home.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Home.Tests.Mqtt;

public sealed class HomeStateTests : IDisposable
{
    private static readonly PersonId Ben = PersonId.Parse("0190a000-0000-7000-8000-0000000000be");

    private readonly TestHouse _house = new();

    /// <summary>Who only may be Ben must not stand as Ben's last visit in another program.</summary>
    [Fact]
    public void Only_who_was_recognised_was_last_at_the_door()
    {
        _house.Enrol(TestVisits.Anna, "Anna");
        _house.Enrol(Ben, "Ben");
        var options = new MqttOptions { HasPersonSensors = true };
        var topics = new HomeTopics(options, DoorId.Front);
        var outbox = new Outbox(TimeProvider.System);
        var state = new HomeState(options, topics, DoorId.Front, _house.House, outbox, NullLogger.Instance);
        state.Begin();

        state.Hear(
            DoorEvents.Identified(DoorEvents.Known with { Company = [new Visitor(VisitOutcome.Uncertain, Ben, "Ben", null, 1, "")] }));

        Assert.Equal(Payload.Time(DoorEvents.At(2.25)),
            Encoding.UTF8.GetString(outbox.NextState(topics.Person(TestVisits.Anna))!.Value.Content));
        Assert.Null(outbox.NextState(topics.Person(Ben)));
    }

    public void Dispose() => _house.Dispose();
}
