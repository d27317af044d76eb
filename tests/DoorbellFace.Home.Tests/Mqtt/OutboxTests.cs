using DoorbellFace.Home.Mqtt;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Home.Tests.Mqtt;

public class OutboxTests
{
    private readonly FakeTimeProvider _time = new(TestVisits.Noon);
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox(_time);

    [Fact]
    public void A_ring_that_waited_too_long_is_missed_and_never_sent()
    {
        Ring(1);
        _time.Advance(Outbox.LiveFor);
        Assert.NotNull(_outbox.Peek());

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(_outbox.Peek());
        Assert.Equal((1, 1, TestVisits.Noon), (_outbox.Counters.MissedRings, _outbox.Counters.TooOld, _outbox.LastMissed));
    }

    [Fact]
    public void An_answer_that_waited_too_long_is_dropped_and_is_no_missed_ring()
    {
        _outbox.Add(OnceKind.Visitor, "visitor", [1], TestVisits.Noon);
        _time.Advance(Outbox.LiveFor * 2);

        Assert.Null(_outbox.Peek());
        Assert.Equal((0, 1), (_outbox.Counters.MissedRings, _outbox.Counters.TooOld));
    }

    [Fact]
    public void In_a_full_queue_the_oldest_gives_way_and_is_counted()
    {
        for (int ring = 0; ring <= Outbox.MostWaiting; ring++) Ring(ring);

        Assert.Equal((byte)1, _outbox.Peek()!.Content[0]);
        Assert.Equal((1, 1), (_outbox.Counters.Overflowed, _outbox.Counters.MissedRings));
    }

    [Fact]
    public void What_nobody_listened_to_keeps_nothing_waiting_and_is_first_when_it_is_taken_up()
    {
        Ring(1);
        Ring(2);
        _outbox.PutAside(_outbox.Peek()!);
        _outbox.PutAside(_outbox.Peek()!);
        Ring(3);
        Assert.Equal((byte)3, _outbox.Peek()!.Content[0]);

        _outbox.TakeUp();

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => TakeFirst()));
        Assert.Null(_outbox.Peek());
    }

    [Fact]
    public void What_nobody_listened_to_for_too_long_is_missed()
    {
        Ring(1);
        _outbox.PutAside(_outbox.Peek()!);
        _time.Advance(Outbox.LiveFor * 2);

        _outbox.TakeUp();

        Assert.Null(_outbox.Peek());
        Assert.Equal(1, _outbox.Counters.MissedRings);
    }

    [Fact]
    public void What_was_put_aside_counts_in_a_full_queue()
    {
        Ring(0);
        _outbox.PutAside(_outbox.Peek()!);
        for (int ring = 1; ring <= Outbox.MostWaiting; ring++) Ring(ring);

        _outbox.TakeUp();

        Assert.Equal((byte)1, _outbox.Peek()!.Content[0]);
        Assert.Equal((1, 1), (_outbox.Counters.Overflowed, _outbox.Counters.MissedRings));
    }

    [Fact]
    public void Of_how_something_stands_only_the_newest_is_sent_and_the_same_not_twice()
    {
        _outbox.Set("cable", [0]);
        _outbox.Set("cable", [1]);

        Assert.Equal([1], _outbox.NextState()!.Value.Content);
        Assert.Null(_outbox.NextState());
        _outbox.Set("cable", [1]);
        Assert.Null(_outbox.NextState());
        _outbox.SetAllChanged();
        Assert.NotNull(_outbox.NextState());
    }

    [Fact]
    public void Of_two_pictures_that_wait_the_newer_is_sent()
    {
        _outbox.Add(OnceKind.Picture, "picture", [1], TestVisits.Noon);
        _outbox.Add(OnceKind.Picture, "picture", [2], TestVisits.Noon);

        OnceMessage first = _outbox.Peek()!;
        _outbox.Remove(first);

        Assert.Equal([2], first.Content);
        Assert.Null(_outbox.Peek());
        Assert.Equal(1, _outbox.Counters.Sent);
    }

    private void Ring(int number) => _outbox.Add(OnceKind.Ring, "ring", [(byte)number], _time.GetUtcNow());

    private byte TakeFirst()
    {
        OnceMessage first = _outbox.Peek()!;
        _outbox.Remove(first);
        return first.Content[0];
    }
}
