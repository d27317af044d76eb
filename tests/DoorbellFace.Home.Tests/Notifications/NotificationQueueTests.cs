using DoorbellFace.Home.Notifications;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Home.Tests.Notifications;

public class NotificationQueueTests
{
    private readonly FakeTimeProvider _time = new(TestVisits.Noon);
    private readonly NotificationQueue _queue;

    public NotificationQueueTests() => _queue = new NotificationQueue(_time);

    [Fact]
    public async Task In_a_full_queue_the_oldest_gives_way_and_is_counted()
    {
        Notification[] all = [.. Enumerable.Range(0, NotificationQueue.MostWaiting + 1).Select(i => Numbered(i))];
        foreach (Notification one in all) _queue.Add(one);

        Assert.Equal((all[1], 1), (await _queue.FirstAsync(default), _queue.Overflowed));
        Assert.False(_queue.Has(all[0]));
    }

    [Fact]
    public async Task What_is_ten_minutes_old_is_no_news()
    {
        _queue.Add(Numbered(1));
        _time.Advance(NotificationQueue.GoodFor);
        Assert.True(_queue.Has(Numbered(1)));

        _time.Advance(TimeSpan.FromSeconds(1));
        _queue.Add(Numbered(2));

        Assert.False(_queue.Has(Numbered(1)));
        Assert.Equal((Numbered(2).Id, 1), ((await _queue.FirstAsync(default)).Id, _queue.TooOld));
    }

    [Fact]
    public void What_is_waiting_of_somebody_who_was_removed_is_taken_back()
    {
        _queue.Add(TestNotifications.Zoe);
        _queue.ForgetAllBut(["Zoë", "Anna"]);
        Assert.True(_queue.Has(TestNotifications.Zoe));

        _queue.ForgetAllBut(["Anna"]);

        Assert.False(_queue.Has(TestNotifications.Zoe));
    }

    [Fact]
    public void A_visit_that_is_forgotten_is_taken_back()
    {
        _queue.Add(TestNotifications.Zoe);

        _queue.Forget(TestNotifications.Zoe.Visit!.Id);

        Assert.False(_queue.Has(TestNotifications.Zoe));
    }

    private static Notification Numbered(int number) => TestNotifications.Zoe with { Id = new Guid(number, 0, 0, new byte[8]) };
}
