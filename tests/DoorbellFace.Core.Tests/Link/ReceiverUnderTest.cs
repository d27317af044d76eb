using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

/// <summary>A receiver with a clock that the test moves, and everything it said.</summary>
internal sealed class ReceiverUnderTest
{
    public LinkReceiver Receiver { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public List<LinkEvent> Events { get; } = [];

    public LinkStatistics Statistics => Receiver.Statistics;

    public void Receive(params IEnumerable<byte[]> packets)
    {
        foreach (byte[] packet in packets) Receiver.Receive(packet, Now, Events);
    }

    public void Pass(int milliseconds)
    {
        Now += TimeSpan.FromMilliseconds(milliseconds);
        Receiver.Tick(Now, Events);
    }

    public T Single<T>()
        where T : LinkEvent => Assert.Single(Events.OfType<T>());
}
