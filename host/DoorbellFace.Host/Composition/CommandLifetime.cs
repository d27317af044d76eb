using Microsoft.Extensions.Hosting;

namespace DoorbellFace.Host.Composition;

/// <summary>The command line already watches for Ctrl-C and SIGTERM and stops the host; a second watcher would race with it.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
