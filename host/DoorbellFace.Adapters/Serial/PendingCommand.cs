using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>A command on its way, and who waits for its answer.</summary>
public sealed class PendingCommand(HostCommand command)
{
    /// <summary>The command.</summary>
    public HostCommand Command { get; } = command;

    /// <summary>True: done; false: not done.</summary>
    public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
