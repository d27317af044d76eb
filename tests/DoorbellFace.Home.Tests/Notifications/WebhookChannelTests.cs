using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DoorbellFace.Home.Notifications;
using DoorbellFace.Testing.Home;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Home.Tests.Notifications;

/// <summary>A webhook at a real HTTP server.</summary>
public sealed class WebhookChannelTests : IDisposable
{
    private readonly LocalReceiver _server = new();
    private readonly FakeTimeProvider _time = new(TestVisits.Noon);

    /// <summary>The example that the libraries of the specification are tested with.</summary>
    [Fact]
    public void The_signature_is_that_of_the_specification() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8, TestNotifications.Secret));

    [Theory]
    [InlineData(TestNotifications.Secret)]
    [InlineData("sixteen letters!")]
    public async Task A_receiver_can_check_who_sent_what_and_when(string secret)
    {
        Assert.Equal(DeliveryResult.Delivered, await SendAsync(secret: secret));

        ReceivedRequest request = await _server.NextAsync();
        string id = request.Headers["webhook-id"]!, seconds = request.Headers["webhook-timestamp"]!;
        bool isBase64 = secret == TestNotifications.Secret;
        byte[] key = isBase64 ? Convert.FromBase64String(secret["whsec_".Length..]) : Encoding.UTF8.GetBytes(secret);
        string expected = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{seconds}.{request.Text}")));
        Assert.Equal($"v1,{expected}", request.Headers["webhook-signature"]);
        Assert.Equal(TestNotifications.Zoe.Id.ToString(), id);
        Assert.Equal(TestVisits.Noon.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), seconds);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task The_body_says_who_came_and_has_the_picture()
    {
        await SendAsync();

        JsonObject body = JsonNode.Parse((await _server.NextAsync()).Text)!.AsObject();
        Assert.Equal("visitor", Text(body, "type"));
        JsonObject data = body["data"]!.AsObject();
        Assert.Equal(("front", "Türglocke", "Zoë is at the door.", "known", "Zoë", "very_sure"), (
            Text(data, "door"), Text(data, "title"), Text(data, "text"), Text(data, "outcome"), Text(data, "person"), Text(data, "sure")));
        Assert.Equal(TestNotifications.Zoe.Visit!.Id.ToString(), Text(data, "visit"));
        Assert.True(data["rang"]!.GetValue<bool>());
        Assert.Equal(TestNotifications.Jpeg, Convert.FromBase64String(Text(data, "picture")!));
    }

    /// <summary>Every field of the body is described, and every one that is described is there.</summary>
    [Fact]
    public void The_body_is_as_it_is_documented()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "notifications.md"));
        JsonObject data = JsonNode.Parse(WebhookChannel.Body(TestNotifications.Zoe))!["data"]!.AsObject();

        Assert.All(data, field => Assert.Contains($"| `{field.Key}` |", page, StringComparison.Ordinal));
        int documented = page.Split('\n').SkipWhile(line => !line.StartsWith("| Field of `data`", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal)).Count();
        Assert.Equal(documented, data.Count);
    }

    [Theory]
    [InlineData(500, DeliveryFault.ServerFailed)]
    [InlineData(503, DeliveryFault.Busy)]
    [InlineData(429, DeliveryFault.Busy)]
    [InlineData(401, DeliveryFault.SignInRefused)]
    [InlineData(404, DeliveryFault.Rejected)]
    [InlineData(302, DeliveryFault.Rejected)]
    public async Task A_refusal_has_a_name_and_the_servers_own_words(int status, DeliveryFault fault)
    {
        _server.Answers.Enqueue((status, "not\ntoday"));
        _server.RetryAfterSeconds = 7;

        DeliveryResult result = await SendAsync();

        Assert.Equal(fault, result.Fault);
        Assert.StartsWith($"127.0.0.1 answers {status} ", result.Reason, StringComparison.Ordinal);
        Assert.EndsWith(": not today", result.Reason, StringComparison.Ordinal);
        Assert.Equal(status >= 400 ? TimeSpan.FromSeconds(7) : null, result.RetryAfter);
    }

    [Fact]
    public async Task A_host_that_is_not_there_and_a_name_that_nobody_knows_are_told_apart()
    {
        _server.Dispose();

        Assert.Equal(DeliveryFault.Unreachable, (await SendAsync()).Fault);
        Assert.Equal(DeliveryFault.HostUnknown, (await SendAsync(url: "http://no-such-computer.invalid/")).Fault);
    }

    [Fact]
    public async Task A_secret_whose_file_is_gone_is_told_and_nothing_is_sent()
    {
        var options = new WebhookOptions { Url = _server.Address, Secret = new Secret { File = "/none" } };
        using var channel = new WebhookChannel(options, caFile: null, _time);

        DeliveryResult result = await channel.SendAsync(TestNotifications.Zoe, default);

        Assert.Equal((DeliveryFault.SecretUnreadable, 0), (result.Fault, _server.Count));
    }

    public void Dispose() => _server.Dispose();

    private async Task<DeliveryResult> SendAsync(string? url = null, string secret = TestNotifications.Secret)
    {
        using var channel = new WebhookChannel(
            new WebhookOptions { Url = url ?? $"{_server.Address}/door", Secret = new Secret { Text = secret } }, null, _time);
        return await channel.SendAsync(TestNotifications.Zoe, default);
    }

    private static string? Text(JsonObject json, string field) => json[field]?.GetValue<string>();
}
