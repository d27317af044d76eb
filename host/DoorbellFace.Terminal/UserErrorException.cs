namespace DoorbellFace.Terminal;

/// <summary>Something the user can mend. The message is a whole sentence: what was expected, what was found, what to do.</summary>
public sealed class UserErrorException : Exception
{
    /// <summary>Creates the exception with its sentence.</summary>
    /// <param name="message">What was expected, what was found, what to do.</param>
    /// <param name="exitCode">What the process exits with.</param>
    public UserErrorException(string message, ExitCode exitCode = ExitCode.BadInput)
        : base(message) => ExitCode = exitCode;

    /// <summary>What the process exits with.</summary>
    public ExitCode ExitCode { get; }
}
