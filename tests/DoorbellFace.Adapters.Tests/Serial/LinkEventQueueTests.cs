using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Tests.Serial;

public class LinkEventQueueTests
{
    private static readonly PixelBuffer Pixel = new(1, 1, PixelFormat.Gray8, new byte[1]);

    [Fact]
    public async Task Keeps_the_latest_frame_and_counts_the_others()
    {
        var queue = new LinkEventQueue(mostFrames: 1, mostOthers: 10);
        for (int sequence = 0; sequence < 5; sequence++) queue.Add(Frame(sequence));
        Assert.Equal([4], (await DrainAsync(queue)).Cast<FrameReceived>().Select(frame => frame.Frame.Sequence));
        Assert.Equal(4, queue.FramesSkipped);
    }

    [Fact]
    public async Task Never_drops_a_ring_or_news_of_the_cable()
    {
        var queue = new LinkEventQueue(mostFrames: 1, mostOthers: 1);
        for (int press = 1; press <= 500; press++)
        {
            queue.Add(Bell(press));
            queue.Add(Frame(press));
            queue.Add(new StatusReceived(default, default));
            queue.Add(new LinkDown(default, LinkFault.Unplugged, "cable"));
        }
        List<LinkEvent> events = await DrainAsync(queue);
        Assert.Equal(Enumerable.Range(1, 500), events.OfType<BellReceived>().Select(bell => bell.Bell.Press));
        Assert.Equal(500, events.OfType<LinkDown>().Count());
        Assert.Equal((1, 1), (events.OfType<FrameReceived>().Count(), events.OfType<StatusReceived>().Count()));
        Assert.Equal((499, 499), (queue.FramesSkipped, queue.EventsDropped));
    }

    [Fact]
    public async Task Keeps_the_order()
    {
        var queue = new LinkEventQueue(mostFrames: 2, mostOthers: 2);
        LinkEvent[] added = [Bell(1), Frame(1), new StatusReceived(default, default), Frame(2), Bell(2)];
        foreach (LinkEvent linkEvent in added) queue.Add(linkEvent);
        Assert.Equal(added, await DrainAsync(queue));
    }

    [Fact]
    public async Task Delivers_while_more_is_added()
    {
        var queue = new LinkEventQueue(mostFrames: 1, mostOthers: 1);
        Task adding = Task.Run(() =>
        {
            for (int press = 1; press <= 20_000; press++) queue.Add(Bell(press));
            queue.Complete();
        });
        var presses = new List<int>();
        await foreach (LinkEvent linkEvent in queue.ReadAllAsync(CancellationToken.None)) presses.Add(((BellReceived)linkEvent).Bell.Press);
        await adding;
        Assert.Equal(Enumerable.Range(1, 20_000), presses);
    }

    private static async Task<List<LinkEvent>> DrainAsync(LinkEventQueue queue)
    {
        queue.Complete();
        var events = new List<LinkEvent>();
        await foreach (LinkEvent linkEvent in queue.ReadAllAsync(CancellationToken.None)) events.Add(linkEvent);
        return events;
    }

    private static FrameReceived Frame(int sequence) =>
        new(default, new Frame(Pixel, sequence, default, []), FrameTrigger.Bell, false, null);

    private static BellReceived Bell(int press) => new(default, new BellPacket(1, press), true);
}
