using System.Runtime.InteropServices;

namespace DoorbellFace.Trainer.Commands;

/// <summary>
/// Turns the first Ctrl-C (or SIGTERM) into a request to stop in good order; the second one ends the process at once. System.CommandLine's
/// own handling would allow two seconds, and measuring and writing a model takes longer.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    /// <param name="onFirst">Called when the first signal arrives, on another thread.</param>
    public StopSignal(Action onFirst)
    {
        void Handle(PosixSignalContext context)
        {
            if (_requested.IsCancellationRequested) return;
            context.Cancel = true;
            _requested.Cancel();
            onFirst();
        }

        _registrations =
            [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _requested.Dispose();
    }
}
