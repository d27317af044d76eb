using System.Globalization;
using DoorbellFace.Simulation.Pty;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>A virtual doorbell on a port, and the people who ring; tells what it does.</summary>
/// <param name="folder">Where the photos are.</param>
/// <param name="photos">Paths relative to it.</param>
/// <param name="options">What the doorbell is.</param>
/// <param name="faults">What the cable does.</param>
/// <param name="ringEvery">From ring to ring, if the visitor has left by then.</param>
/// <param name="visits">How many visits.</param>
/// <param name="linkPath">Where a symbolic link to the port is put; null for none.</param>
/// <param name="json">Tell it to programs.</param>
internal sealed class Simulation(
    string folder, IReadOnlyList<string> photos, VirtualDoorbellOptions options, CableFaults faults, TimeSpan ringEvery, int visits,
        string? linkPath, bool json)
{
    /// <summary>How long a visitor waits for a host that does not answer; a run of the slowest mode takes half of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>After the last visit the port stays open for so long, that what is on the line is read.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = TimeProvider.System;
    private int _visits, _acknowledged;

    /// <summary>Runs until the visits are over or it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var player = new VisitPlayer(_time, Patience);
        await using DoorbellOnPort door = Open(player);
        player.Attach(door.Device);
        var hostIsThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        door.Terminal.HostOpened += () => hostIsThere.TrySetResult();
        if (!door.Terminal.SeesHosts) hostIsThere.TrySetResult();
        door.Start();
        try
        {
            TellPort(door.Terminal);
            await hostIsThere.Task.WaitAsync(cancellationToken);
            await PlayAsync(player, cancellationToken);
            await Task.Delay(Farewell, _time, cancellationToken);
        }
        finally
        {
            await door.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            TellEnd(door);
        }
        await door.StopAsync();
    }

    private DoorbellOnPort Open(VisitPlayer player)
    {
        bool isGoodCable = faults is { DropRate: 0, FlipRate: 0, DuplicateRate: 0 };
        try
        {
            return new DoorbellOnPort(options, player.Scene, _time, isGoodCable ? null : faults,
                linkPath is null ? null : Path.GetFullPath(linkPath), resetsOnOpening: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            throw new UserErrorException($"The virtual doorbell's port cannot be opened: {error.Message}");
        }
    }

    private async Task PlayAsync(VisitPlayer player, CancellationToken cancellationToken)
    {
        var unreadable = new HashSet<string>();
        for (int next = 0; _visits < visits && unreadable.Count < photos.Count; next++)
        {
            // An unreadable photo uses up its place in the round, so that "once" ends.
            if (visits != int.MaxValue && next >= visits) break;
            string photo = photos[next % photos.Count];
            PictureReading reading = PictureFile.TryRead(Path.Combine(folder, photo));
            if (!reading.Succeeded)
            {
                if (unreadable.Add(photo)) TellUnreadable(photo, reading.Reason);
                continue;
            }
            long began = _time.GetTimestamp();
            if (!json) Console.Out.WriteLine($"{_time.GetLocalNow():HH:mm:ss}  {photo} rings.");
            SimulatedVisit visit = await player.PlayAsync(reading.Picture, cancellationToken);
            _visits++;
            if (visit.AcknowledgedAfter is not null) _acknowledged++;
            TellVisit(photo, visit);
            TimeSpan rest = ringEvery - _time.GetElapsedTime(began);
            if (rest > TimeSpan.Zero && _visits < visits) await Task.Delay(rest, _time, cancellationToken);
        }
    }

    private void TellPort(PseudoTerminal terminal)
    {
        if (json)
        {
            Screen.WriteJsonLine(
                new { @event = "ready", time = _time.GetUtcNow(), port = terminal.PortPath, baud = options.BaudRateBitsPerSecond,
                    mode = options.Mode.Name, photos = photos.Count });
            return;
        }
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The virtual doorbell is at {terminal.PortPath}, {options.BaudRateBitsPerSecond:N0} bit/s, "
            + $"{options.Mode.Width}x{options.Mode.Height}."));
        Console.Out.WriteLine($"In another terminal: ./doorbell run --port {ShellWords.Quote(terminal.PortPath)}");
        Console.Out.WriteLine(
            $"Waiting for a program to open the port; then {photos.Count} photos ring one after the other. Stop with Ctrl-C.");
    }

    private void TellUnreadable(string photo, string reason)
    {
        if (json) Screen.WriteJsonLine(new { @event = "skipped", time = _time.GetUtcNow(), photo, reason });
        else Console.Out.WriteLine($"{_time.GetLocalNow():HH:mm:ss}  {photo} stays away: {reason}");
    }

    private void TellVisit(string photo, SimulatedVisit visit)
    {
        if (json)
        {
            Screen.WriteJsonLine(new
            {
                @event = "visit",
                time = visit.RangAt,
                photo,
                visit.Boot,
                visit.Press,
                acknowledged_after_ms = visit.AcknowledgedAfter?.TotalMilliseconds,
                visit.Frames,
            });
            return;
        }
        string heard = visit.AcknowledgedAfter is { } after
            ? string.Create(CultureInfo.InvariantCulture, $"heard after {after.TotalMilliseconds:0} ms")
            : "not heard by any program";
        Console.Out.WriteLine(
            $"{_time.GetLocalNow():HH:mm:ss}  {photo} leaves: press {visit.Press}, {heard}, {visit.Frames.Count} frames.");
    }

    private void TellEnd(DoorbellOnPort door)
    {
        NoisyCable? cable = door.Runner.CableToHost;
        if (json)
        {
            Screen.WriteJsonLine(new
            {
                @event = "end",
                time = _time.GetUtcNow(),
                visits = _visits,
                rings_acknowledged = _acknowledged,
                bytes_sent = door.Runner.BytesSent,
                bytes_not_read = door.Terminal.BytesLost,
                dropped = cable?.Dropped ?? 0,
                flipped = cable?.Flipped ?? 0,
                duplicated = cable?.Duplicated ?? 0,
            });
            return;
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_visits} visits, {_acknowledged} rings heard, {door.Runner.BytesSent:N0} bytes sent, {door.Terminal.BytesLost:N0} of them "
            + $"read by nobody."));
        if (cable is not null)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"The cable dropped {cable.Dropped:N0}, flipped {cable.Flipped:N0} and doubled {cable.Duplicated:N0} bytes."));
    }
}
