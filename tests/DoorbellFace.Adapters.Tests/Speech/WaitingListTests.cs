using DoorbellFace.Adapters.Speech;
using DoorbellFace.Core.Announcements;

namespace DoorbellFace.Adapters.Tests.Speech;

public class WaitingListTests
{
    [Fact]
    public void A_less_pressing_newcomer_does_not_push_out_a_more_pressing_one()
    {
        var list = new WaitingList(1);
        list.Add(Sentence("Anna", AnnouncementPriority.Normal), out _, out _);

        list.Add(Sentence("aside", AnnouncementPriority.Low), out _, out Announcement? overflowed);

        Assert.Equal("aside", overflowed?.Text);
        Assert.Equal("Anna", list.TakeNext()?.Announcement.Text);
    }

    [Fact]
    public void The_bound_holds_even_if_all_are_pressing()
    {
        var list = new WaitingList(2);
        list.Add(Sentence("1", AnnouncementPriority.High), out _, out _);
        list.Add(Sentence("2", AnnouncementPriority.High), out _, out _);

        list.Add(Sentence("3", AnnouncementPriority.High), out _, out Announcement? overflowed);

        Assert.Equal("1", overflowed?.Text);
        Assert.Equal(2, list.Count);
    }

    [Fact]
    public void Pressing_ones_with_the_same_key_are_all_kept()
    {
        var list = new WaitingList(4);
        list.Add(Sentence("one", AnnouncementPriority.High, "key"), out _, out _);

        list.Add(Sentence("two", AnnouncementPriority.High, "key"), out Announcement? replaced, out _);
        list.Add(Sentence("three", AnnouncementPriority.Normal, "key"), out Announcement? replacedToo, out _);

        Assert.Null(replaced);
        Assert.Null(replacedToo);
        Assert.Equal(3, list.Count);
    }

    [Fact]
    public void One_that_becomes_more_pressing_leaves_its_old_place()
    {
        var list = new WaitingList(4);
        list.Add(Sentence("aside", AnnouncementPriority.Low, "key"), out _, out _);
        list.Add(Sentence("Ben", AnnouncementPriority.Normal), out _, out _);

        list.Add(Sentence("now it matters", AnnouncementPriority.Normal, "key"), out Announcement? replaced, out _);

        Assert.Equal("aside", replaced?.Text);
        Assert.Equal("Ben", list.TakeNext()?.Announcement.Text);
        Assert.Equal("now it matters", list.TakeNext()?.Announcement.Text);
        Assert.Null(list.TakeNext());
    }

    [Fact]
    public void An_interrupted_one_comes_back_first_unless_fresher_news_waits()
    {
        var list = new WaitingList(4);
        list.Add(Sentence("Anna", AnnouncementPriority.Normal, "visit 1"), out _, out _);
        WaitingList.Entry anna = list.TakeNext()!.Value;
        list.Add(Sentence("Ben", AnnouncementPriority.Normal), out _, out _);

        Assert.True(list.TryPutBack(anna));
        Assert.Equal("Anna", list.TakeNext()?.Announcement.Text);

        list.Add(Sentence("it was Carla", AnnouncementPriority.Normal, "visit 1"), out _, out _);
        Assert.False(list.TryPutBack(anna));
    }

    private static Announcement Sentence(string text, AnnouncementPriority priority, string? key = null) =>
        new(text, priority, key ?? text);
}
