using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace DoorbellFace.Testing.Home;

/// <summary>A request as it came.</summary>
public sealed record ReceivedRequest(string Method, string Path, NameValueCollection Headers, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A real HTTP server on this computer: it answers 200, unless <see cref="Answers"/> has something else.</summary>
public sealed class LocalReceiver : IDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpListener _listener;
    private readonly Channel<ReceivedRequest> _requests = Channel.CreateUnbounded<ReceivedRequest>();

    public LocalReceiver()
    {
        (_listener, Address) = Listen();
        _ = AnswerAsync();
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>What it answers, one after the other: a status, and a body in words.</summary>
    public ConcurrentQueue<(int Status, string Body)> Answers { get; } = new();

    /// <summary>The header "Retry-After" of every refusal, in seconds.</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>How many requests have come.</summary>
    public int Count { get; private set; }

    /// <summary>Waits for the next request.</summary>
    public async Task<ReceivedRequest> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _requests.Reader.ReadAsync(limit.Token);
    }

    public void Dispose() => _listener.Close();

    private static (HttpListener Listener, string Address) Listen()
    {
        for (int attempt = 1; ; attempt++)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            string address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
            free.Stop();
            var listener = new HttpListener { Prefixes = { $"{address}/" } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Another test was given the port in the moment between.
                listener.Close();
            }
        }
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Count++;
                (int status, string text) = Answers.TryDequeue(out (int Status, string Body) answer) ? answer : (200, "");
                context.Response.StatusCode = status;
                if (status >= 400 && RetryAfterSeconds is { } seconds)
                    context.Response.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
                context.Response.Close(Encoding.UTF8.GetBytes(text), willBlock: true);
                _requests.Writer.TryWrite(
                    new ReceivedRequest(context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers, body.ToArray()));
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
