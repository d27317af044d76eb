namespace DoorbellFace.Terminal;

/// <summary>What a command's exit status means; the same for every command.</summary>
public enum ExitCode
{
    /// <summary>It did what was asked.</summary>
    Done = 0,

    /// <summary>It ran, and what it checked or tried did not succeed.</summary>
    Failed = 1,

    /// <summary>The command line is wrong; nothing was done.</summary>
    WrongUsage = 2,

    /// <summary>A file, folder, port or model that it needs is missing or cannot be used.</summary>
    BadInput = 3,

    /// <summary>
    /// Stopped by Ctrl-C or a signal before its end, in good order. Where that is the usual end, as of a daemon, it is <see cref="Done"/>.
    /// </summary>
    Interrupted = 130,
}
