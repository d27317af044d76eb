using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DoorbellFace.Trainer.Tests.Weights;

/// <summary>
/// An HTTP server on this machine with one file, as bad as a test needs it: it can end connections early, ignore ranges, fall silent, or
/// answer something else. Real sockets, so that what HttpClient does with them is tested too.
/// </summary>
internal sealed class LocalFileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly byte[] _content;

    public LocalFileServer(byte[] content)
    {
        _content = content;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The server's folder.</summary>
    public Uri Home => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/models/");

    /// <summary>After how many bytes of the body each connection ends, one after the other; further ones end when they should.</summary>
    public ConcurrentQueue<int> EndsAfter { get; } = new();

    /// <summary>Whether it understands "Range".</summary>
    public bool KnowsRanges { get; init; } = true;

    /// <summary>Whether it says how long the file is.</summary>
    public bool SaysLength { get; init; } = true;

    /// <summary>Whether it sends nothing after the headers of the first connection.</summary>
    public bool FallsSilentOnce { get; init; }

    /// <summary>What it answers in place of the file, such as "404 Not Found"; one for each connection, then the file.</summary>
    public ConcurrentQueue<string> Statuses { get; } = new();

    /// <summary>The first line and the range of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Dispose()
    {
        _ended.Cancel();
        _listener.Stop();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_ended.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        string request = await ReadRequestAsync(stream);
        string line = request.Split("\r\n")[0];
        int from = 0;
        foreach (string header in request.Split("\r\n")
            .Where(header => header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase)))
            from = int.Parse(header["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        Requests.Enqueue(from == 0 ? line : $"{line} from {from}");
        try
        {
            if (Statuses.TryDequeue(out string? status))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                return;
            }
            if (!KnowsRanges) from = 0;
            if (from >= _content.Length)
            {
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{_content.Length}\r\nContent-Length: "
                        + $"0\r\nConnection: close\r\n\r\n"));
                return;
            }
            string head = from > 0
                ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{_content.Length - 1}/{_content.Length}\r\n"
                : "HTTP/1.1 200 OK\r\n";
            if (SaysLength) head += $"Content-Length: {_content.Length - from}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "Connection: close\r\n\r\n"));
            if (FallsSilentOnce && Requests.Count == 1)
            {
                // Until the client gives up and closes.
                _ = await stream.ReadAsync(new byte[1], _ended.Token);
                return;
            }
            int length = _content.Length - from;
            if (EndsAfter.TryDequeue(out int end)) length = Math.Min(length, end);
            await stream.WriteAsync(_content.AsMemory(from, length));
        }
        catch (IOException)
        {
            // The client has closed; what it does next is the test's matter.
        }
    }

    private async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer, _ended.Token);
            if (read == 0) break;
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        return text.ToString();
    }
}
