using DoorbellFace.Adapters.LocalSocket;
using DoorbellFace.Application.Doors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Composition;

/// <summary>One running door as a service of the generic host, with the socket by which others ask it things.</summary>
/// <param name="door">The door.</param>
/// <param name="settings">Where its data lies.</param>
/// <param name="log">For remarks.</param>
internal sealed class DoorService(RunningDoor door, RunSettings settings, ILogger<DoorService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task asking = new DoorSocketServer(door, settings.DataFolder, log).RunAsync(stoppingToken);
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
}
