using System.Net.Sockets;
using System.Text;
using DoorbellFace.Application.Page;

namespace DoorbellFace.Web.Tests;

/// <summary>
/// Bodies that never come to their end keep a connection for some seconds and not longer. All at once, since each is waited for.
/// </summary>
/// <param name="hostile">The house.</param>
public sealed class SlowBodyTests(HostileHouse hostile) : IClassFixture<HostileHouse>
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Only there for the test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100), Pause = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up_with_a_sentence_and_leaves_nothing()
    {
        IReadOnlyList<string> before = hostile.Everything;
        string token = hostile.House.Tokens.Add("slow", ApiScopes.Speak | ApiScopes.Look);
        IReadOnlyList<string> afterToken = hostile.Everything;
        string family = $"Cookie: {hostile.Cookies}", program = $"Authorization: Bearer {token}";
        Slow[] all =
        [
            new("people?handler=Enrol", family, "multipart/form-data; boundary=x", 5_000_000, BytesAtOnce: 0),
            new("people?handler=Enrol", family, "multipart/form-data; boundary=x", 5_000_000, BytesAtOnce: 500),
            new("people?handler=Enrol", family, "multipart/form-data; boundary=x", null, BytesAtOnce: 10),
            new("settings?handler=Voice", family, Form, 1000, BytesAtOnce: 0),
            new("settings?handler=Voice", family, Form, 1000, BytesAtOnce: 1),
            new("settings?handler=Password", family, Form, null, BytesAtOnce: 1),
            new("login", "Accept: */*", Form, 500, BytesAtOnce: 1),
            new("review?handler=Name", family, Form, 60_000, BytesAtOnce: 20),
            new("api/say", program, "application/json", 300, BytesAtOnce: 1),
            new("api/look", program, "image/png", 100_000, BytesAtOnce: 50),
        ];
        Assert.Equal(10, all.Length);

        string[] answers = await Task.WhenAll(all.Select(SendAsync)).WaitAsync(Patience);

        foreach ((Slow slow, string answer) in all.Zip(answers))
        {
            Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{slow}: {answer}");
            Assert.True(answer.Contains("cannot be understood", StringComparison.Ordinal)
                || answer.Contains("\"detail\":", StringComparison.Ordinal), $"{slow}: {answer}");
        }
        Assert.Equal(afterToken, hostile.Everything);
        Assert.NotEqual(before, afterToken);
        // The next one is served.
        Assert.Contains("Anna", await hostile.Family.GetStringAsync("people"), StringComparison.Ordinal);
    }

    private async Task<string> SendAsync(Slow slow)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", hostile.House.Address.Port);
        NetworkStream line = client.GetStream();
        string length = slow.Length is { } bytes ? $"Content-Length: {bytes}" : "Transfer-Encoding: chunked";
        await line.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /{slow.Place} HTTP/1.1\r\nHost: localhost\r\n{slow.Header}\r\nContent-Type: {slow.Kind}\r\n{length}\r\n\r\n"));
        using var over = new CancellationTokenSource();
        Task sending = DripAsync(line, slow, over.Token);
        using var answer = new MemoryStream();
        try
        {
            await line.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // It hung up on what was still being sent.
        }
        await over.CancelAsync();
        await sending;
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static async Task DripAsync(NetworkStream line, Slow slow, CancellationToken over)
    {
        string some = new('a', slow.BytesAtOnce);
        byte[] drop = Encoding.ASCII.GetBytes(slow.Length is null ? $"{slow.BytesAtOnce:x}\r\n{some}\r\n" : some);
        try
        {
            while (slow.BytesAtOnce > 0)
            {
                await line.WriteAsync(drop, over);
                await Task.Delay(Pause, over);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // It was hung up on.
        }
    }

    private sealed record Slow(string Place, string Header, string Kind, int? Length, int BytesAtOnce);
}
