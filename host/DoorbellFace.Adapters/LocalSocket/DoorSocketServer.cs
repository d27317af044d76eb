using System.Net.Sockets;
using System.Text.Json;
using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.People;
using DoorbellFace.Core.People;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.LocalSocket;

/// <summary>
/// Lets other programs of the same user ask things of a running door, over a socket in its data folder that nobody else may open (mode
/// 0600). One JSON object a line: a request, sentences as they are said, an answer or an error. What an asker does never reaches the door
/// but as a request.
/// </summary>
/// <param name="door">Who is asked.</param>
/// <param name="dataFolder">Where the socket lies.</param>
/// <param name="log">For remarks.</param>
public sealed class DoorSocketServer(IDoorRequests door, string dataFolder, ILogger log)
{
    /// <summary>A request is a few words; whoever sends more is no asker of ours.</summary>
    private const int LongestLine = 4096;

    /// <summary>The socket of a data folder.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "doorbell.sock");

    /// <summary>Listens until it is stopped. A socket that cannot be made costs the requests and nothing else.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        string path = PathIn(dataFolder);
        try
        {
            PrivateFiles.CreateFolder(dataFolder);
            // Left behind by a program that was killed; the one that lives holds the folder's lock, and that is this one.
            File.Delete(path);
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(backlog: 8);
            while (!stop.IsCancellationRequested)
            {
                Socket asker = await listener.AcceptAsync(stop).ConfigureAwait(false);
                _ = ServeAsync(asker, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The door closes.
        }
        catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            log.LogWarning("Other programs cannot ask anything of this door: {Path} cannot be made: {Reason}", path, error.Message);
        }
        finally
        {
            PrivateFiles.TryDelete(path);
        }
    }

    private async Task ServeAsync(Socket asker, CancellationToken stop)
    {
        try
        {
            using var stream = new NetworkStream(asker, ownsSocket: true);
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
            using var reader = new StreamReader(stream, leaveOpen: true);
            string? line = await reader.ReadLineAsync(stop).ConfigureAwait(false);
            if (line is null || line.Length > LongestLine) return;
            // Whoever asks and goes away wants nothing any more; nothing else is read.
            Task watching = WatchAsync(reader, gone);
            await using var writer = new StreamWriter(stream, leaveOpen: true) { AutoFlush = true };
            await AnswerAsync(line, writer, gone.Token).ConfigureAwait(false);
            asker.Shutdown(SocketShutdown.Both);
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
#pragma warning disable CA1031 // Whatever an asker does, the door goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!stop.IsCancellationRequested)
                log.LogDebug("A program that asked something of the door went away: {Reason}", error.Message);
        }
    }

    private static async Task WatchAsync(StreamReader reader, CancellationTokenSource gone)
    {
        try
        {
            while (await reader.ReadLineAsync(gone.Token).ConfigureAwait(false) is not null)
            {
                // Nothing more is expected.
            }
        }
        catch (IOException)
        {
            // It is gone.
        }
        await gone.CancelAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(string line, StreamWriter writer, CancellationToken stop)
    {
        var gate = new Lock();
        void Send(SocketMessage message)
        {
            lock (gate) writer.WriteLine(JsonSerializer.Serialize(message, SocketMessage.Json));
        }
        try
        {
            SocketMessage request = JsonSerializer.Deserialize<SocketMessage>(line, SocketMessage.Json) ?? new SocketMessage();
            object answer = await DoAsync(request, Send, stop).ConfigureAwait(false);
            Send(new SocketMessage(Answer: JsonSerializer.SerializeToElement(answer, SocketMessage.Json)));
        }
        catch (DoorbellException error)
        {
            Send(new SocketMessage(Error: error.Kind.ToString(), Sentence: error.Message, Remedy: error.Remedy));
        }
        catch (JsonException error)
        {
            Send(new SocketMessage(Error: nameof(ErrorKind.InvalidValue), Sentence: $"The request is no JSON object: {error.Message}"));
        }
    }

    private async Task<object> DoAsync(SocketMessage request, Action<SocketMessage> send, CancellationToken stop)
    {
        switch (request.Ask)
        {
            case Asks.Status:
                return door.Status;
            case Asks.Look:
                return new { says = await door.LookAsync(stop).ConfigureAwait(false) };
            case Asks.SayAgain:
                return new { says = door.SayAgain() };
            case Asks.Say:
                door.Say(request.Text ?? "");
                return new { };
            case Asks.Enrol when request.Name is { Length: > 0 } name:
                EnrolmentReport? report =
                    await door.EnrolAsync(name, new CoachOptions(), request.Anyway, said => send(new SocketMessage(Said: said)), stop)
                        .ConfigureAwait(false);
                return DoorEnrolment.Of(name, report);
            case Asks.LearnWall:
                return await door.LearnWallAsync(stop).ConfigureAwait(false);
            case Asks.LendPort:
                await door.LendPortAsync(port => send(new SocketMessage(Port: port ?? "")), stop).ConfigureAwait(false);
                return new { };
            default:
                throw new DoorbellException(ErrorKind.InvalidValue, $"The door does not know what \"{request.Ask}\" is.");
        }
    }
}
