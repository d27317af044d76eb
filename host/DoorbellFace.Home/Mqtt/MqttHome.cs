using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Identity;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Home.Mqtt;

/// <summary>
/// A door at a broker: it tells what happens, and takes commands. The door only ever puts something into a queue here; one task of its own
/// owns the line, and a broker that hangs, refuses or vanishes keeps nobody but that task waiting (docs/home.md).
/// </summary>
public sealed class MqttHome : IDoorSubscriber, IDoorAsker
{
    private readonly MqttOptions _options;
    private readonly DoorId _door;
    private readonly HomeTopics _topics;
    private readonly Outbox _outbox;
    private readonly HomeState _state;
    private readonly HomeCommands _commands;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HomeTimes _times;
    private string? _lastFault;
    private bool _wasConnected;
    private int _births;

    /// <summary>Makes it; nothing is sent before the door runs.</summary>
    /// <param name="options">The broker; it must be named.</param>
    /// <param name="door">Which door.</param>
    /// <param name="house">What is told of the house.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For remarks.</param>
    public MqttHome(MqttOptions options, DoorId door, HomeHouse house, TimeProvider time, ILogger log)
        : this(options, door, house, time, log, new HomeTimes())
    {
    }

    internal MqttHome(MqttOptions options, DoorId door, HomeHouse house, TimeProvider time, ILogger log, HomeTimes times)
    {
        (_options, _door, _time, _log, _times) = (options, door, time, log, times);
        _topics = new HomeTopics(options, door);
        _outbox = new Outbox(time);
        _state = new HomeState(options, _topics, door, house, _outbox, log);
        _commands = new HomeCommands(house, _state, time, log);
    }

    /// <inheritdoc cref="IDoorSubscriber.Name"/>
    public string Name => "the broker";

    internal OutboxCounters Counters => _outbox.Counters;

    internal HomeCommands Commands => _commands;

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        _state.Hear(happened);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task RunAsync(IDoorRequests door, CancellationToken stop)
    {
        _state.Begin();
        Task commands = _commands.RunAsync(door, stop);
        TimeSpan wait = _times.FirstWait;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await ConnectAndServeAsync(door, stop).ConfigureAwait(false)) wait = _times.FirstWait;
                await Task.Delay(wait, _time, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            wait = wait * 2 < _times.LongestWait ? wait * 2 : _times.LongestWait;
        }
        await commands.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>The broker took us in.</returns>
    private async Task<bool> ConnectAndServeAsync(IDoorRequests door, CancellationToken stop)
    {
        bool isIn = false;
        try
        {
            BrokerLine line = await BrokerLine.OpenAsync(_options, _topics, _door, Heard, stop).ConfigureAwait(false);
            await using (line.ConfigureAwait(false))
            {
                // Whoever listens lost the broker as well, and may come back later than we do: rings wait for them.
                long openFor = _time.GetTimestamp();
                TimeSpan hold = _wasConnected ? _times.HoldAfterLoss : _times.Settle;
                await IntroduceAsync(line, stop).ConfigureAwait(false);
                (isIn, _wasConnected) = (true, true);
                Tell(fault: null);
                string why = await ServeAsync(line, door, openFor, hold, stop).ConfigureAwait(false);
                Tell(why);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a broker does, the door goes on, and the broker is tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Tell(error.Message);
        }
        return isIn;
    }

    /// <summary>Says who we are and that we are here, and returns when the broker has acknowledged all of it.</summary>
    private async Task IntroduceAsync(BrokerLine line, CancellationToken stop)
    {
        _outbox.SetAllChanged();
        await line.SubscribeAsync([_topics.AllCommands, _topics.HomeAssistantStatus, _topics.DoorDiscovery], stop).ConfigureAwait(false);
        // The house first: the door says that it belongs to it.
        await SendStatesAsync(line, _topics.HouseDiscovery, stop).ConfigureAwait(false);
        await SendStatesAsync(line, only: null, stop).ConfigureAwait(false);
        await line.SendAsync(_topics.Availability, Payload.Of("online"), isRetained: true, expiresAfter: null, stop).ConfigureAwait(false);
    }

    /// <returns>Why the line broke.</returns>
    private async Task<string> ServeAsync(BrokerLine line, IDoorRequests door, long since, TimeSpan hold, CancellationToken stop)
    {
        int births = Volatile.Read(ref _births);
        long takenUp = since;
        while (!line.Lost.IsCompleted)
        {
            if (stop.IsCancellationRequested)
            {
                using var limit = new CancellationTokenSource(_times.LeaveLimit, _time);
                await line.CloseAsync(_topics.Availability, limit.Token).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
            }
            if (Volatile.Read(ref _births) is var now && now != births)
            {
                // Home Assistant has just started: it knows nothing of us, and a ring that comes before our "online" would be taken for the
                // end of our absence.
                births = now;
                await IntroduceAsync(line, stop).ConfigureAwait(false);
                (since, hold) = (_time.GetTimestamp(), _times.Settle);
                _outbox.TakeUp();
            }
            _state.Tick(door.Status);
            await SendStatesAsync(line, only: null, stop).ConfigureAwait(false);
            TimeSpan toWait = hold - _time.GetElapsedTime(since);
            if (toWait <= TimeSpan.Zero)
            {
                toWait = _times.Tick;
                if (_time.GetElapsedTime(takenUp) >= _times.TakeUpEvery)
                {
                    _outbox.TakeUp();
                    takenUp = _time.GetTimestamp();
                }
                await SendOnceAsync(line, stop).ConfigureAwait(false);
            }
            Task wake = _outbox.WaitAsync(toWait < _times.Tick ? toWait : _times.Tick, stop);
            await Task.WhenAny(wake, line.Lost).ConfigureAwait(false);
            await wake.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return await line.Lost.ConfigureAwait(false);
    }

    private async Task SendStatesAsync(BrokerLine line, string? only, CancellationToken stop)
    {
        while (_outbox.NextState(only) is { } state)
        {
            try
            {
                await line.SendAsync(state.Topic, state.Content, isRetained: true, expiresAfter: null, stop).ConfigureAwait(false);
            }
            catch
            {
                _outbox.PutBack(state.Topic);
                throw;
            }
            if (state.Topic == _topics.DoorDiscovery) _state.Removed(state.Content);
        }
    }

    private async Task SendOnceAsync(BrokerLine line, CancellationToken stop)
    {
        while (!line.Lost.IsCompleted && _outbox.Peek() is { } message)
        {
            TimeSpan left = Outbox.LiveFor - _time.GetElapsedTime(message.Since);
            bool isHeard = await line.SendAsync(message.Topic, message.Content, isRetained: false, left, stop).ConfigureAwait(false);
            // Whoever listens may be on their way back. A picture without its ring is nothing to wait for.
            if (isHeard || message.Kind == OnceKind.Picture) _outbox.Remove(message);
            else _outbox.PutAside(message);
        }
    }

    private void Heard(string topic, ReadOnlyMemory<byte> content, bool isRetained)
    {
        if (_topics.CommandOf(topic) is { } command) _commands.Offer(command, content.Span, isRetained);
        // One that the broker has kept may be from a Home Assistant that has gone since, and nothing has changed for one that has not.
        else if (topic == _topics.HomeAssistantStatus && !isRetained && content.Span.SequenceEqual("online"u8))
        {
            Interlocked.Increment(ref _births);
            _outbox.Wake();
        }
        else if (topic == _topics.DoorDiscovery && isRetained) _state.Found(content.Span);
    }

    /// <summary>The same fault is told once; a broker that is off for a week leaves one line.</summary>
    private void Tell(string? fault)
    {
        if (fault is null && _lastFault is not null) _log.LogInformation("The broker at {Broker} is there again.", _options.Broker);
        if (fault is not null && _lastFault is null)
            _log.LogWarning("The broker at {Broker} cannot be used, and is tried again and again: {Reason}", _options.Broker, fault);
        else if (fault is not null && fault != _lastFault) _log.LogDebug("The broker at {Broker}: {Reason}", _options.Broker, fault);
        _lastFault = fault;
    }
}

/// <summary>How long things take at a broker.</summary>
internal sealed record HomeTimes
{
    /// <summary>From "online" to the first ring: Home Assistant takes a ring that ends our absence for no ring. 2 seconds.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// After the line was lost, so long rings wait for a Home Assistant that has lost it as well: it tries every 10 seconds, and says when
    /// it is back, which ends the waiting. 12 seconds.
    /// </summary>
    public TimeSpan HoldAfterLoss { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>From one attempt to the next, at first: 100 ms.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From one attempt to the next, at last: 30 seconds.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>So often a ring that nobody listened to is tried again, unless somebody says that they are there: 5 seconds.</summary>
    public TimeSpan TakeUpEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So often what others change is looked at: every second.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long taking leave may take: a second.</summary>
    public TimeSpan LeaveLimit { get; init; } = TimeSpan.FromSeconds(1);
}
