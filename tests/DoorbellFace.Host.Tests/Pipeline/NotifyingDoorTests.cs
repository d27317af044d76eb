using System.Text.Json.Nodes;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Doors;
using DoorbellFace.Home;
using DoorbellFace.Home.Notifications;
using DoorbellFace.Testing.Home;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>A running door, its rules in their real file, and a real server that is told.</summary>
public sealed class NotifyingDoorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalReceiver _server = new();

    [Fact]
    public async Task A_ring_is_told_and_one_that_a_rule_keeps_from_being_said_is_not()
    {
        var rules = new FileRulesStorage(_folder.Root);
        var webhook = new WebhookOptions { Url = _server.Address, Secret = new Secret { Text = "sixteen letters!" } };
        using var notifiers = new Notifiers(
            new NotifyOptions { Webhook = webhook }, PictureFile.EncodeJpeg, TimeProvider.System, NullLogger.Instance);
        Notifier notifier = Assert.Single(notifiers.All);
        using var over = new CancellationTokenSource();
        await using var door = new FacelessDoor(SteadyTime.Of(TimeProvider.System), rules, notifier);
        Task telling = notifier.RunAsync(null!, over.Token);

        string said = (await door.RingAsync()).Says!.Text;
        Assert.Equal(said, await ToldAsync());

        foreach (string quiet in (string[])["""{ "muted": true }""", """{ "quiet": { "times": "0:00-24:00" } }"""])
        {
            rules.Write(quiet);
            Assert.Null((await door.RingAsync()).Says);
        }
        rules.Write("{}");
        said = (await door.RingAsync()).Says!.Text;
        // What was told next is this ring, and none of those before it.
        Assert.Equal(said, await ToldAsync());

        Assert.Equal(2, _server.Count);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => telling);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private async Task<string> ToldAsync()
    {
        JsonNode body = JsonNode.Parse((await _server.NextAsync()).Text)!;
        Assert.Equal("visitor", body["type"]!.GetValue<string>());
        return body["data"]!["text"]!.GetValue<string>();
    }
}
