using System.Net.Sockets;
using System.Text.Json;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Wall;

namespace DoorbellFace.Adapters.LocalSocket;

/// <summary>Asks a running door of the same data folder.</summary>
/// <param name="dataFolder">The data folder.</param>
public sealed class DoorSocketClient(string dataFolder)
{
    /// <summary>Whether a door runs on this data folder and answers.</summary>
    public async Task<DoorStatus?> FindAsync(CancellationToken stop)
    {
        try
        {
            return (await AskAsync(new SocketMessage(Asks.Status), null, stop).ConfigureAwait(false))
                .Deserialize<DoorStatus>(SocketMessage.Json);
        }
        catch (Exception error) when (error is SocketException or IOException || error is DoorbellException { Kind: ErrorKind.MissingPart })
        {
            return null;
        }
    }

    /// <summary>Has the door look who is there, and say it.</summary>
    /// <returns>What it says.</returns>
    /// <exception cref="DoorbellException">No door runs here, or nothing came of it.</exception>
    public async Task<string> LookAsync(CancellationToken stop) =>
        (await AskAsync(new SocketMessage(Asks.Look), null, stop).ConfigureAwait(false)).GetProperty("says").GetString()!;

    /// <summary>Has the door say its last sentence about a visitor again.</summary>
    /// <returns>What it says; null when there is nothing yet.</returns>
    /// <exception cref="DoorbellException">No door runs here.</exception>
    public async Task<string?> SayAgainAsync(CancellationToken stop)
    {
        JsonElement answer = await AskAsync(new SocketMessage(Asks.SayAgain), null, stop).ConfigureAwait(false);
        return answer.TryGetProperty("says", out JsonElement says) ? says.GetString() : null;
    }

    /// <summary>Has the door say something.</summary>
    /// <exception cref="DoorbellException">No door runs here, or it is nothing that can be said.</exception>
    public async Task SayAsync(string text, CancellationToken stop) =>
        await AskAsync(new SocketMessage(Asks.Say, Text: text), null, stop).ConfigureAwait(false);

    /// <summary>Has the door learn the faces that hang on the wall.</summary>
    /// <exception cref="DoorbellException">No door runs here, or it cannot be done now.</exception>
    public async Task<WallLesson> LearnWallAsync(CancellationToken stop) =>
        (await AskAsync(new SocketMessage(Asks.LearnWall), null, stop).ConfigureAwait(false)).Deserialize<WallLesson>(SocketMessage.Json)!;

    /// <summary>Enrols whoever stands at the door.</summary>
    /// <param name="name">Who.</param>
    /// <param name="anyway">The pictures are meant, whatever they look like.</param>
    /// <param name="said">Told each sentence of the coach.</param>
    /// <param name="stop">Breaks it off.</param>
    /// <exception cref="DoorbellException">No door runs here, or it cannot be done.</exception>
    public async Task<DoorEnrolment> EnrolAsync(string name, bool anyway, Action<string> said, CancellationToken stop) =>
        (await AskAsync(new SocketMessage(Asks.Enrol, name, Anyway: anyway), message =>
        {
            if (message.Said is { } sentence) said(sentence);
        }, stop).ConfigureAwait(false)).Deserialize<DoorEnrolment>(SocketMessage.Json)!;

    /// <summary>Borrows the doorbell's port; the door takes it back when <paramref name="work"/> is done or this program ends.</summary>
    /// <param name="work">What is done with it.</param>
    /// <param name="stop">Breaks it off.</param>
    /// <exception cref="DoorbellException">No door runs here, or the port is lent already.</exception>
    public async Task WithPortAsync(Func<string, Task> work, CancellationToken stop)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var lent = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<JsonElement> asking = AskAsync(new SocketMessage(Asks.LendPort), message =>
        {
            if (message.Port is { } port) lent.TrySetResult(port);
        }, done.Token);
        if (await Task.WhenAny(asking, lent.Task).ConfigureAwait(false) == asking) await asking.ConfigureAwait(false);
        try
        {
            await work(await lent.Task.ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<JsonElement> AskAsync(SocketMessage request, Action<SocketMessage>? heard, CancellationToken stop)
    {
        string path = DoorSocketServer.PathIn(dataFolder);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw new DoorbellException(ErrorKind.MissingPart, $"No door is running with the data folder {dataFolder}.",
                new Remedy(RemedyKey.StartDoor), error);
        }
        await using var stream = new NetworkStream(socket);
        await using var writer = new StreamWriter(stream, leaveOpen: true) { AutoFlush = true };
        await writer.WriteLineAsync(JsonSerializer.Serialize(request, SocketMessage.Json).AsMemory(), stop).ConfigureAwait(false);
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            SocketMessage message = JsonSerializer.Deserialize<SocketMessage>(line, SocketMessage.Json)!;
            if (message.Error is { } kind)
                throw new DoorbellException(Enum.Parse<ErrorKind>(kind), message.Sentence ?? kind, message.Remedy);
            if (message.Answer is { } answer) return answer;
            heard?.Invoke(message);
        }
        throw new DoorbellException(ErrorKind.MissingPart, "The door that was asked has ended.", new Remedy(RemedyKey.StartDoor));
    }
}
