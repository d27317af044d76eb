using System.Threading.Channels;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Link;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Adapters.Tests.Serial;

public class BackOffTests
{
    [Fact]
    public async Task Attempts_come_at_doubling_distances_up_to_ten_seconds_and_the_reason_is_told_once()
    {
        var time = new ClockThatTellsItsTimers();
        var log = new RecordingLogger();
        int attempts = 0;
        var options = new DoorbellLinkOptions
        {
            OpenAsync = (_, _) =>
            {
                attempts++;
                throw new LinkUnavailableException(LinkFault.NoPort, "There is no port.");
            },
        };
        await using var link = new DoorbellLink(options, time, log);
        using var stop = new CancellationTokenSource();
        var events = new List<LinkEvent>();
        Task reading = ReadAsync(link, events, stop.Token);
        var waits = new List<double>();
        for (int attempt = 1; attempt <= 8; attempt++)
        {
            TimeSpan wait = await time.NextTimerAsync();
            Assert.Equal(attempt, attempts);
            waits.Add(wait.TotalSeconds);
            time.Advance(wait);
        }
        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10, 10], waits);
        await stop.CancelAsync();
        await reading;
        Assert.Equal("There is no port.", Assert.IsType<LinkDown>(Assert.Single(events)).Reason);
        Assert.Equal("No doorbell: There is no port.", Assert.Single(log.Warnings));
    }

    [Fact]
    public async Task Nothing_can_be_sent_while_no_device_is_there()
    {
        await using var link =
            new DoorbellLink(new DoorbellLinkOptions { OpenAsync = (_, _) => throw new LinkUnavailableException(LinkFault.NoPort, "no") },
                TimeProvider.System, new RecordingLogger());
        Assert.False(await link.SendAsync(HostCommand.Capture, CancellationToken.None));
    }

    private static async Task ReadAsync(DoorbellLink link, List<LinkEvent> events, CancellationToken stop)
    {
        try
        {
            await foreach (LinkEvent linkEvent in link.ReadEventsAsync(stop)) events.Add(linkEvent);
        }
        catch (OperationCanceledException)
        {
            // The test has seen enough.
        }
    }

    private sealed class ClockThatTellsItsTimers : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

        public async Task<TimeSpan> NextTimerAsync() => await _timers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            _timers.Writer.TryWrite(dueTime);
            return timer;
        }
    }
}
