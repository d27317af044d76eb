using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// A line to speech-dispatcher: one command after the other, each with its answer, and between them what it tells of its own accord: that
/// a message has begun, ended or been cancelled. Used by one thread.
/// </summary>
internal sealed class SpeechDispatcherLine : IDisposable
{
    private const int Begun = 701, Ended = 702, Cancelled = 703, FirstEvent = 700, FirstRefusal = 300;

    /// <summary>How soon a stop is noticed: the bell waits for it.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly Socket _socket;
    private readonly TimeSpan _limit;
    private readonly StringBuilder _read = new();
    private readonly Queue<Answer> _events = new();

    private SpeechDispatcherLine(Socket socket, TimeSpan limit) => (_socket, _limit) = (socket, limit);

    /// <summary>Lines that belong together: a code, and what stood before its last line.</summary>
    private sealed record Answer(int Code, string Text, IReadOnlyList<string> Before);

    /// <summary>Opens it.</summary>
    /// <param name="path">The service's socket.</param>
    /// <param name="limit">How long an answer may take.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static SpeechDispatcherLine Open(string path, TimeSpan limit)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Connect(socket, new UnixDomainSocketEndPoint(path), limit);
            socket.SendTimeout = (int)limit.TotalMilliseconds;
            return new SpeechDispatcherLine(socket, limit);
        }
        catch (Exception fault)
        {
            socket.Dispose();
            // A path that is too long for a socket's name.
            if (fault is ArgumentException) throw new SpeechException($"There can be no socket {path}: {fault.Message}", fault);
            throw;
        }
    }

    /// <summary>
    /// A service that hangs takes no more callers after a while, and would keep the next one waiting for ever; one that is only busy takes
    /// them again soon.
    /// </summary>
    private static void Connect(Socket socket, UnixDomainSocketEndPoint service, TimeSpan limit)
    {
        long began = Stopwatch.GetTimestamp();
        socket.Blocking = false;
        while (true)
        {
            try
            {
                socket.Connect(service);
                break;
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.WouldBlock && Stopwatch.GetElapsedTime(began) < limit)
            {
                Thread.Sleep(Look);
            }
        }
        socket.Blocking = true;
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <exception cref="SpeechException">It is refused, or nothing is answered.</exception>
    public void Ask(string command, CancellationToken cancellation)
    {
        Send(command);
        ReadAnswer(command, cancellation);
    }

    /// <summary>Puts a text into the service's queue.</summary>
    /// <returns>The number by which the service tells of it.</returns>
    public string Speak(string text, CancellationToken cancellation)
    {
        Ask("SPEAK", cancellation);
        // A line with a point alone ends the text, and a point that begins a line is doubled.
        Send(text.StartsWith('.') ? "." + text : text);
        Send(".");
        return ReadAnswer("SPEAK", cancellation).Before is [.., var number] ? number : "";
    }

    /// <summary>Waits until a message sounds.</summary>
    /// <exception cref="SpeechException">It does not, within the time.</exception>
    public void WaitForBegin(string message, TimeSpan limit, CancellationToken cancellation)
    {
        if (NextOf(message, limit, cancellation) is { Code: not Begun })
            throw new SpeechException("speech-dispatcher has thrown a sentence away.");
    }

    /// <summary>Waits until a message has been spoken.</summary>
    /// <exception cref="SpeechException">It was cancelled there, or does not end within the time.</exception>
    public void WaitForEnd(string message, TimeSpan limit, CancellationToken cancellation)
    {
        while (true)
        {
            switch (NextOf(message, limit, cancellation).Code)
            {
                case Ended: return;
                case Cancelled: throw new SpeechException("Something else has cut a sentence off at speech-dispatcher.");
            }
        }
    }

    /// <summary>Closes it. Whatever of ours sounds or waits there is over; nothing is waited for.</summary>
    public void Dispose()
    {
        try
        {
            Send("CANCEL SELF");
            Send("QUIT");
        }
        catch (SocketException)
        {
            // It is closed already.
        }
        _socket.Dispose();
    }

    private Answer NextOf(string message, TimeSpan limit, CancellationToken cancellation)
    {
        long since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (!_events.TryDequeue(out Answer? told))
                told = ReadOne(since, limit, "it does not speak", cancellation);
            // The first line of an event is the message's number, the second the client's.
            if (told.Code >= FirstEvent && told.Before is [var number, ..] && number == message) return told;
        }
    }

    private Answer ReadAnswer(string command, CancellationToken cancellation)
    {
        long since = Stopwatch.GetTimestamp();
        while (true)
        {
            Answer answer = ReadOne(since, _limit, $"it does not answer to {command}", cancellation);
            if (answer.Code >= FirstEvent) _events.Enqueue(answer);
            else if (answer.Code >= FirstRefusal)
                throw new SpeechException($"speech-dispatcher refuses {command}: {answer.Code} {answer.Text}.");
            else return answer;
        }
    }

    private Answer ReadOne(long since, TimeSpan limit, string complaint, CancellationToken cancellation)
    {
        List<string> before = [];
        while (true)
        {
            string line = ReadLine(since, limit, complaint, cancellation);
            if (line.Length < 4 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
                throw new SpeechException($"What answers at speech-dispatcher's socket is something else: \"{line}\".");
            if (line[3] != '-') return new Answer(code, line[4..], before);
            before.Add(line[4..]);
        }
    }

    private string ReadLine(long since, TimeSpan limit, string complaint, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1024];
        while (true)
        {
            string text = _read.ToString();
            if (text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0)
            {
                _read.Remove(0, end + 1);
                return text[..end].TrimEnd('\r');
            }
            while (!_socket.Poll(Look, SelectMode.SelectRead))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Stopwatch.GetElapsedTime(since) > limit)
                    throw new SpeechException(string.Create(CultureInfo.InvariantCulture,
                        $"speech-dispatcher hangs: {complaint} within {limit.TotalSeconds:0.#} seconds."));
            }
            int count = _socket.Receive(buffer);
            if (count == 0) throw new IOException("it has closed the line");
            _read.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }

    private void Send(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\r\n");
        for (int sent = 0; sent < bytes.Length;) sent += _socket.Send(bytes, sent, bytes.Length - sent, SocketFlags.None);
    }
}
