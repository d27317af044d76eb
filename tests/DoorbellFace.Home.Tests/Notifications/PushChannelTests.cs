using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DoorbellFace.Home.Notifications;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Home.Tests.Notifications;

/// <summary>ntfy and Gotify as their servers see them: a real HTTP server that answers as theirs do.</summary>
public sealed class PushChannelTests : IDisposable
{
    private readonly LocalReceiver _server = new();

    [Fact]
    public async Task Ntfy_gets_the_picture_with_the_words_in_headers()
    {
        Assert.Equal(DeliveryResult.Delivered, await NtfyAsync());

        ReceivedRequest request = await _server.NextAsync();
        Assert.Equal(("PUT", "/our-door"), (request.Method, request.Path));
        Assert.Equal(TestNotifications.Jpeg, request.Body);
        Assert.Equal("visitor.jpg", request.Headers["X-Filename"]);
        Assert.Equal("Bearer tk_secret", request.Headers["Authorization"]);
        // A header holds ASCII alone: RFC 2047.
        Assert.Equal($"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("Zoë is at the door."))}?=", request.Headers["X-Message"]);
        Assert.Equal($"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("Türglocke"))}?=", request.Headers["X-Title"]);
    }

    [Theory]
    [InlineData(400, "{\"code\":40014,\"error\":\"invalid request: attachments not allowed\"}")]
    [InlineData(413, "{\"code\":41301,\"error\":\"attachment too large\"}")]
    public async Task Ntfy_that_takes_no_picture_gets_the_words(int status, string body)
    {
        _server.Answers.Enqueue((status, body));

        DeliveryResult result = await NtfyAsync();

        Assert.True(result.IsDelivered);
        Assert.Contains("Without the picture: 127.0.0.1 answers", result.Reason, StringComparison.Ordinal);
        await _server.NextAsync();
        ReceivedRequest second = await _server.NextAsync();
        Assert.Equal(("Zoë is at the door.", null), (second.Text, second.Headers["X-Filename"]));
    }

    [Fact]
    public async Task What_ntfy_refuses_without_a_picture_as_well_is_refused()
    {
        _server.Answers.Enqueue((400, ""));
        _server.Answers.Enqueue((400, "no"));

        Assert.Equal(DeliveryFault.Rejected, (await NtfyAsync()).Fault);
        Assert.Equal(2, _server.Count);
    }

    [Fact]
    public async Task A_token_that_a_server_repeats_is_not_told()
    {
        _server.Answers.Enqueue((403, "tk_secret may not write here"));

        DeliveryResult result = await NtfyAsync();

        Assert.Equal((DeliveryFault.SignInRefused, "127.0.0.1 answers 403 Forbidden: … may not write here"), (result.Fault, result.Reason));
    }

    [Fact]
    public async Task Gotify_gets_the_words()
    {
        using var gotify = new GotifyChannel(
            new GotifyOptions { Url = $"{_server.Address}/gotify/", Token = new Secret { Text = "A.secret" } }, caFile: null);

        Assert.Equal(DeliveryResult.Delivered, await gotify.SendAsync(TestNotifications.Zoe, default));

        ReceivedRequest request = await _server.NextAsync();
        Assert.Equal(("POST", "/gotify/message", "A.secret"), (request.Method, request.Path, request.Headers["X-Gotify-Key"]));
        JsonObject message = JsonNode.Parse(request.Text)!.AsObject();
        Assert.Equal(("Türglocke", "Zoë is at the door."), (message["title"]!.GetValue<string>(), message["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_certificate_of_the_house_counts_where_it_is_named()
    {
        using var folder = new TemporaryFolder();
        TestCertificate.Write(folder["ca.pem"], folder["server.pem"], folder["server.key"]);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new NtfyOptions { Url = $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/our-door" };
        using var certificate = X509Certificate2.CreateFromPemFile(folder["server.pem"], folder["server.key"]);

        Task serving = AnswerAsync(listener, certificate);
        using (var stranger = new NtfyChannel(options, caFile: null))
            Assert.Equal(DeliveryFault.Untrusted, (await stranger.SendAsync(TestNotifications.Zoe, default)).Fault);
        using (var trusted = new NtfyChannel(options, folder["ca.pem"]))
            Assert.Equal(DeliveryResult.Delivered, await trusted.SendAsync(TestNotifications.Zoe, default));

        listener.Stop();
        await serving;
    }

    public void Dispose() => _server.Dispose();

    private async Task<DeliveryResult> NtfyAsync()
    {
        using var ntfy = new NtfyChannel(
            new NtfyOptions { Url = $"{_server.Address}/our-door", Token = new Secret { Text = "tk_secret" } }, caFile: null);
        return await ntfy.SendAsync(TestNotifications.Zoe, default);
    }

    /// <summary>Takes whatever comes over an encrypted line, and says 200.</summary>
    private static async Task AnswerAsync(TcpListener listener, X509Certificate2 certificate)
    {
        while (true)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                using var line = new SslStream(client.GetStream());
                await line.AuthenticateAsServerAsync(certificate);
                _ = await line.ReadAsync(new byte[4096]);
                await line.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
            catch (Exception error) when (error is SocketException or InvalidOperationException)
            {
                return;
            }
            catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client did not like the certificate.
            }
        }
    }
}
