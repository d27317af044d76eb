using DoorbellFace.Adapters.LocalSocket;
using DoorbellFace.Application.Doors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Composition;

/// <summary>One running door as a service of the generic host, with the socket by which others ask it things.</summary>
/// <param name="door">The door.</param>
/// <param name="settings">Where its data lies.</param>
/// <param name="askers">Who else asks things of it.</param>
/// <param name="log">For remarks.</param>
internal sealed class DoorService(RunningDoor door, RunSettings settings, IEnumerable<IDoorAsker> askers, ILogger<DoorService> log)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task asking = Task.WhenAll(
            [new DoorSocketServer(door, settings.DataFolder, log).RunAsync(stoppingToken),
            .. askers.Select(asker => AskAsync(asker, door, stoppingToken))]);
        try
        {
            await door.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It was told to stop.
        }
        await asking;
    }

    private async Task AskAsync(IDoorAsker asker, IDoorRequests door, CancellationToken stop)
    {
        // Off the door's own task: an asker that is slow to begin must not keep the door from listening.
        await Task.Yield();
        try
        {
            await asker.RunAsync(door, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The door closes.
        }
#pragma warning disable CA1031 // Whatever an asker does, the door goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogError("{Asker} has ended: {Reason}", asker.Name, error.Message);
        }
    }
}
