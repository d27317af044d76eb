using System.Net;
using System.Net.Sockets;
using DoorbellFace.Application.Doors;
using DoorbellFace.Home.Notifications;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Home.Tests.Notifications;

/// <summary>A door's events all the way to real servers.</summary>
public sealed class NotifierTests : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LocalReceiver _server = new();
    private readonly RecordingLogger _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(Notifier Notifier, Task Running)> _running = [];

    [Fact]
    public async Task A_visit_is_told_once_and_with_its_picture()
    {
        Notifier notifier = Begin();

        foreach (DoorEvent happened in DoorEvents.WholeVisit) await notifier.ReceiveAsync(happened, default);
        ReceivedRequest request = await _server.NextAsync();
        await UntilAsync(() => notifier.Sent == 1);

        Assert.Equal((byte[])[0xFF, 0xD8], request.Body[..2]);
        Assert.Equal("Anna is at the door.", request.Headers["X-Message"]);
        Assert.Equal(1, _server.Count);
    }

    [Fact]
    public async Task A_server_that_fails_once_is_asked_again()
    {
        _server.Answers.Enqueue((500, "oh"));
        Notifier notifier = Begin();

        await notifier.ReceiveAsync(DoorEvents.Identified(), default);
        await UntilAsync(() => notifier.Sent == 1);

        Assert.Equal(2, _server.Count);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task A_server_that_fails_on_and_on_is_given_up_with_a_reason_told_once_and_told_again_when_it_works()
    {
        for (int i = 0; i < 6; i++) _server.Answers.Enqueue((500, "oh"));
        Notifier notifier = Begin(new NotifyOptions { Attempts = 3 });

        await notifier.ReceiveAsync(DoorEvents.Identified(), default);
        await UntilAsync(() => notifier.GivenUp == 1);
        await notifier.ReceiveAsync(DoorEvents.Identified(), default);
        await UntilAsync(() => notifier.GivenUp == 2);
        Assert.Equal(6, _server.Count);
        await notifier.ReceiveAsync(DoorEvents.Identified(), default);
        await UntilAsync(() => notifier.Sent == 1);

        string warning = Assert.Single(_log.Warnings);
        Assert.StartsWith("ntfy at 127.0.0.1 was not told of a visitor, after attempts: 3.", warning, StringComparison.Ordinal);
        Assert.EndsWith(" ServerFailed: 127.0.0.1 answers 500 InternalServerError: oh", warning, StringComparison.Ordinal);
        Assert.Equal("ntfy at 127.0.0.1 can be told again.", Assert.Single(_log.Remarks));
    }

    /// <summary>Names and secrets are not for the journal.</summary>
    [Fact]
    public async Task Neither_the_name_nor_the_topic_nor_the_token_is_in_the_log()
    {
        _server.Answers.Enqueue((400, ""));
        _server.Answers.Enqueue((400, "bad topic, token tk_secret"));
        Notifier notifier = Begin();

        await notifier.ReceiveAsync(DoorEvents.Identified(), default);
        await UntilAsync(() => notifier.GivenUp == 1);

        string warning = Assert.Single(_log.Warnings);
        Assert.All((string[])["Anna", "our-door", "tk_secret"], word => Assert.DoesNotContain(word, warning, StringComparison.Ordinal));
    }

    /// <summary>The bell comes first: whoever tells the receiver must never wait for it.</summary>
    [Fact]
    public async Task A_receiver_that_takes_the_line_and_never_answers_keeps_nobody_waiting()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        Task<TcpClient> taken = mute.AcceptTcpClientAsync();
        Notifier notifier = Begin(url: $"http://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}/our-door");
        await notifier.ReceiveAsync(DoorEvents.Identified(), default);
        using TcpClient line = await taken.WaitAsync(Patience);

        for (int visit = 0; visit < 100; visit++)
        {
            ValueTask told = notifier.ReceiveAsync(DoorEvents.Identified(), default);
            Assert.True(told.IsCompletedSuccessfully);
        }

        // The one that is being sent is the first in the queue.
        Assert.Equal(101 - NotificationQueue.MostWaiting, notifier.Dropped);
    }

    [Fact]
    public async Task One_dead_receiver_does_not_keep_another_waiting()
    {
        Notifier dead = Begin(url: "http://127.0.0.1:1/our-door"), alive = Begin();

        await dead.ReceiveAsync(DoorEvents.Identified(), default);
        await alive.ReceiveAsync(DoorEvents.Identified(), default);

        await UntilAsync(() => alive.Sent == 1 && dead.GivenUp == 1);
        Assert.Contains("Unreachable", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_removed_while_a_server_is_away_is_not_told_of_when_it_is_back()
    {
        _server.Answers.Enqueue((500, ""));
        var second = TimeSpan.FromSeconds(1);
        Notifier notifier = Begin(times: TestNotifications.Quick with { FirstWait = second, LongestWait = second });
        await notifier.ReceiveAsync(DoorEvents.Identified(), default);
        await _server.NextAsync();

        await notifier.ReceiveAsync(new PeopleChanged(DoorEvents.Front, DoorEvents.At(3), ["Ben"], null), default);
        await UntilAsync(() => notifier.GivenUp == 1);

        Assert.Equal(1, _server.Count);
    }

    [Fact]
    public void Without_settings_nobody_is_told_and_nothing_is_made()
    {
        using var none = new Notifiers(new NotifyOptions(), _ => [], TimeProvider.System, _log);

        Assert.Empty(none.All);
        Assert.False(new NotifyOptions().IsOn);
    }

    [Fact]
    public void Each_receiver_that_is_named_is_one()
    {
        var options = new NotifyOptions
        {
            Webhook = new WebhookOptions { Url = "https://hub.example/door", Secret = new Secret { Text = TestNotifications.Secret } },
            Ntfy = new NtfyOptions { Url = "https://ntfy.example/our-door" },
            Gotify = new GotifyOptions { Url = "https://gotify.example", Token = new Secret { Text = "A" } },
            Mail = new MailOptions { Server = "mail.example", From = "door@example.org", To = "ben@example.org" },
        };
        using var all = new Notifiers(options, _ => [], TimeProvider.System, _log);

        Assert.Equal(
            ["The webhook at hub.example", "ntfy at ntfy.example", "Gotify at gotify.example", "The mail server mail.example"],
            all.All.Select(notifier => notifier.Name));
        Assert.Equal(all.All.Count, options.ReceiverCount);
        Assert.Empty(options.Complaints());
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    /// <summary>The test runner knows no other way to dispose of a test that takes its time.</summary>
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach ((Notifier notifier, Task running) in _running)
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            notifier.Dispose();
        }
        _stop.Dispose();
        _server.Dispose();
    }

    private Notifier Begin(NotifyOptions? options = null, string? url = null, CourierTimes? times = null)
    {
        var ntfy = new NtfyOptions { Url = url ?? $"{_server.Address}/our-door", Token = new Secret { Text = "tk_secret" } };
        var notifier = new Notifier(
            new NtfyChannel(ntfy, caFile: null), options ?? new NotifyOptions(), Vision.PictureFile.EncodeJpeg, TimeProvider.System, _log,
            times ?? TestNotifications.Quick);
        _running.Add((notifier, notifier.RunAsync(new NotingDoor(), _stop.Token)));
        return notifier;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo()) await Task.Delay(5, limit.Token);
    }
}
