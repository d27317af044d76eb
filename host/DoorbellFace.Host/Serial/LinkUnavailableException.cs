namespace DoorbellFace.Host.Serial;

/// <summary>A port cannot be used. The message is a whole sentence: what was expected, what was found, what to do.</summary>
public sealed class LinkUnavailableException : Exception
{
    /// <summary>Creates the exception with its sentence.</summary>
    public LinkUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its sentence and what led to it.</summary>
    public LinkUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The port is there, and another program has it.</summary>
    public bool IsHeldByAnother { get; init; }
}
