using System.Diagnostics;
using System.Threading.Channels;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Composition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands.Setup;

/// <summary>The real door, listened to by the set-up: it rings, enrols and recognises as it will from then on.</summary>
internal sealed class SetupDoor : IDoorSubscriber, IAsyncDisposable
{
    private readonly Channel<DoorEvent> _events = Channel.CreateUnbounded<DoorEvent>();
    private readonly IHost _host;
    private volatile bool _isVisited;

    private SetupDoor(RunSettings settings, SetupTalk talk)
    {
        HostApplicationBuilder builder =
            Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddDoorLogging(LogLevel.Warning);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        // Page and house are told nothing of a trial.
        builder.Services.AddDoor(settings with { Page = new(), Home = new() }, this, recordPath: null, new Pipeline.DetectorChoice());
        // The set-up speaks as well: one voice for both.
        builder.Services.AddSingleton(talk.Speaker);
        _host = builder.Build();
    }

    /// <inheritdoc/>
    public string Name => "the set-up";

    /// <summary>Enrols, and says what it hears.</summary>
    public IDoorRequests Requests => _host.Services.GetRequiredService<RunningDoor>();

    /// <summary>Opens it.</summary>
    public static async Task<SetupDoor> OpenAsync(RunSettings settings, SetupTalk talk, CancellationToken stop)
    {
        var door = new SetupDoor(settings, talk);
        await door._host.StartAsync(stop);
        return door;
    }

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        if (happened is VisitChanged visit) _isVisited = visit.Happened is not VisitEnded;
        return _events.Writer.WriteAsync(happened, stop);
    }

    /// <summary>Waits until the doorbell is there.</summary>
    public Task<bool> IsFoundAsync(TimeSpan limit, CancellationToken stop) =>
        WaitAsync(happened => happened is DoorbellFound ? true : null, limit, stop);

    /// <summary>Waits for a press of the button.</summary>
    public Task<bool> RingsAsync(TimeSpan limit, CancellationToken stop) =>
        WaitAsync(happened => happened is BellRang ? true : null, limit, stop);

    /// <summary>Waits until no visit goes on, or a while: a ring is then a new visitor's.</summary>
    public async Task BeQuietAsync(TimeSpan limit, CancellationToken stop)
    {
        long since = Stopwatch.GetTimestamp();
        while (_isVisited && Stopwatch.GetElapsedTime(since) < limit) await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
        ForgetPast();
    }

    /// <summary>Waits for a visit that began with a press, and says whether it was this person's.</summary>
    public Task<bool> RecognisesAsync(string name, TimeSpan limit, CancellationToken stop)
    {
        bool hasRung = false;
        return WaitAsync(happened =>
        {
            hasRung |= happened is BellRang;
            return hasRung && happened is VisitChanged { Happened: VisitorIdentified { Visit: var visit } }
                ? visit.Visitors().Any(visitor => visitor.Outcome == VisitOutcome.Known && visitor.Name == name)
                : null;
        }, limit, stop);
    }

    /// <summary>What happened before somebody is asked for something does not count.</summary>
    public void ForgetPast()
    {
        while (_events.Reader.TryRead(out _))
        {
            // It does not count.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private async Task<bool> WaitAsync(Func<DoorEvent, bool?> judge, TimeSpan limit, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(limit);
        try
        {
            while (true)
            {
                if (judge(await _events.Reader.ReadAsync(over.Token)) is { } answer) return answer;
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
