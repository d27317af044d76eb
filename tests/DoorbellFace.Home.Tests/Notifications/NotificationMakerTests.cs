using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Visits;
using DoorbellFace.Home.Notifications;

namespace DoorbellFace.Home.Tests.Notifications;

/// <summary>What of a door's events is told elsewhere.</summary>
public class NotificationMakerTests
{
    private static readonly VisitRecord Unrung = DoorEvents.Known with { StartedBy = VisitStart.Face, Rings = 0 };

    private static readonly PeopleChanged NobodyIsLeft = new(DoorEvents.Front, DoorEvents.At(3), [], null);

    [Fact]
    public void What_is_said_of_somebody_who_rings_is_told_with_the_picture()
    {
        Notification told = Assert.Single(Told(new NotifyOptions(), [.. DoorEvents.WholeVisit]));

        Assert.Equal(("Doorbell", "Anna is at the door."), (told.Title, told.Text));
        Assert.Equal((byte[])[9], told.Jpeg);
        Assert.Equal(DoorEvents.Visit.Id, told.Visit!.Id);
    }

    /// <summary>The house is muted, it is quiet hours, or Anna is silent: the sentence is null for each of them.</summary>
    [Fact]
    public void What_a_rule_keeps_from_being_said_is_told_to_nobody() =>
        Assert.Empty(Told(new NotifyOptions { When = NotifyWhen.Announced }, DoorEvents.Ring(1), DoorEvents.Identified(says: null)));

    [Fact]
    public void Who_only_passes_by_is_told_of_where_that_is_asked_for()
    {
        Assert.Empty(Told(new NotifyOptions(), DoorEvents.Identified(Unrung)));
        Assert.Single(Told(new NotifyOptions { When = NotifyWhen.Announced }, DoorEvents.Identified(Unrung)));
    }

    [Fact]
    public void Who_was_announced_before_they_rang_is_told_of_once_when_they_ring()
    {
        Notification told = Assert.Single(Told(new NotifyOptions(), DoorEvents.Identified(Unrung), RangAgain(1), RangAgain(2)));

        Assert.Equal(("Anna is at the door.", 1), (told.Text, told.Visit!.Rings));
    }

    [Fact]
    public void Who_was_removed_before_they_rang_is_told_to_nobody() =>
        Assert.Empty(Told(new NotifyOptions(), DoorEvents.Identified(Unrung), NobodyIsLeft, RangAgain(1)));

    [Fact]
    public void A_look_that_somebody_indoors_asked_for_is_told_to_nobody()
    {
        VisitRecord looked = Unrung with { StartedBy = VisitStart.Look };

        Assert.Empty(Told(new NotifyOptions { When = NotifyWhen.Announced }, DoorEvents.Identified(looked)));
    }

    [Fact]
    public void No_picture_is_made_where_none_is_to_be_sent() =>
        Assert.Null(Assert.Single(Told(new NotifyOptions { HasPicture = false }, DoorEvents.Identified())).Jpeg);

    private static VisitChanged RangAgain(int rings) =>
        new(DoorEvents.Front, DoorEvents.At(5), new VisitorRangAgain(DoorEvents.At(5), Unrung with { Rings = rings }), null, null);

    private static List<Notification> Told(NotifyOptions options, params DoorEvent[] events)
    {
        var maker = new NotificationMaker(options, _ => [9]);
        return [.. events.Select(maker.Make).OfType<Notification>()];
    }
}
