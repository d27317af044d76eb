using DoorbellFace.Home.Notifications;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Home.Tests.Notifications;

/// <summary>How often and when something is tried again, by a clock that a test turns.</summary>
public class CourierTests
{
    private static readonly DeliveryResult Failed = new(DeliveryFault.ServerFailed, "It answers 500.");

    private readonly FakeTimeProvider _time = new(TestVisits.Noon);

    [Fact]
    public async Task What_fails_is_tried_again_after_ever_longer_waits_and_then_given_up()
    {
        var channel = new ScriptedChannel(_time, Failed, Failed, Failed, Failed, Failed);

        DeliveryReport report = await DeliverAsync(channel, attempts: 5);

        Assert.Equal((5, Failed), (report.Attempts, report.Last));
        Assert.Equal("0 2 8 26 80", string.Join(' ', channel.SecondsOfAttempts));
    }

    [Fact]
    public async Task After_a_success_nothing_is_tried_again()
    {
        var channel = new ScriptedChannel(_time, Failed, DeliveryResult.Delivered, Failed);

        DeliveryReport report = await DeliverAsync(channel, attempts: 5);

        Assert.Equal((2, true), (report.Attempts, report.Last.IsDelivered));
    }

    [Theory]
    [InlineData(DeliveryFault.Rejected)]
    [InlineData(DeliveryFault.SignInRefused)]
    [InlineData(DeliveryFault.Untrusted)]
    [InlineData(DeliveryFault.SecretUnreadable)]
    public async Task What_would_be_refused_again_is_tried_once(DeliveryFault fault)
    {
        var channel = new ScriptedChannel(_time, new DeliveryResult(fault, "No."), DeliveryResult.Delivered);

        DeliveryReport report = await DeliverAsync(channel, attempts: 5);

        Assert.Equal((1, fault), (report.Attempts, report.Last.Fault));
    }

    [Fact]
    public async Task Who_asks_for_patience_gets_it_up_to_a_minute()
    {
        DeliveryResult Busy(int seconds) => new(DeliveryFault.Busy, "It answers 429.", TimeSpan.FromSeconds(seconds));
        var channel = new ScriptedChannel(_time, Busy(20), Busy(1), Busy(3600), DeliveryResult.Delivered);

        await DeliverAsync(channel, attempts: 5);

        Assert.Equal("0 20 26 86", string.Join(' ', channel.SecondsOfAttempts));
    }

    [Fact]
    public async Task A_receiver_that_takes_the_line_and_never_answers_has_ten_seconds_for_each_attempt()
    {
        var channel = new ScriptedChannel(_time, null, null, DeliveryResult.Delivered);

        DeliveryReport report = await DeliverAsync(channel, attempts: 2);

        Assert.Equal((2, DeliveryFault.TimedOut), (report.Attempts, report.Last.Fault));
        Assert.Equal("0 12", string.Join(' ', channel.SecondsOfAttempts));
    }

    [Fact]
    public async Task What_was_taken_back_meanwhile_is_not_sent()
    {
        var channel = new ScriptedChannel(_time, Failed, DeliveryResult.Delivered);

        DeliveryReport report = await DeliverAsync(channel, attempts: 5, isWanted: () => channel.SecondsOfAttempts.Count == 0);

        Assert.Equal((1, DeliveryFault.ServerFailed), (report.Attempts, report.Last.Fault));
    }

    private async Task<DeliveryReport> DeliverAsync(ScriptedChannel channel, int attempts, Func<bool>? isWanted = null)
    {
        var courier = new Courier(channel, attempts, new CourierTimes(), _time);
        // On a thread of the pool whoever waits for the clock goes on while it is turned, and not some time later.
        return await Task.Run(() =>
        {
            Task<DeliveryReport> delivering = courier.DeliverAsync(TestNotifications.Zoe, isWanted ?? (() => true), default);
            for (int second = 0; !delivering.IsCompleted && second < 1000; second++) _time.Advance(TimeSpan.FromSeconds(1));
            return delivering.WaitAsync(TimeSpan.FromSeconds(10));
        });
    }

    /// <summary>Comes to what it was told, without a wait; null: it never answers.</summary>
    private sealed class ScriptedChannel(FakeTimeProvider time, params DeliveryResult?[] results) : IChannel
    {
        public string Name => "A channel";

        public List<double> SecondsOfAttempts { get; } = [];

        public Task<DeliveryResult> SendAsync(Notification notification, CancellationToken stop)
        {
            SecondsOfAttempts.Add((time.GetUtcNow() - TestVisits.Noon).TotalSeconds);
            return results[SecondsOfAttempts.Count - 1] is { } result ? Task.FromResult(result) : NeverAsync(stop);
        }

        public void Dispose()
        {
            // Nothing is held.
        }

        private static async Task<DeliveryResult> NeverAsync(CancellationToken stop)
        {
            var never = new TaskCompletionSource<DeliveryResult>();
            using CancellationTokenRegistration given = stop.Register(() => never.TrySetCanceled(stop));
            return await never.Task;
        }
    }
}
