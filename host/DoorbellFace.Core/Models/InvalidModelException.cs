namespace DoorbellFace.Core.Models;

/// <summary>
/// A model, its manifest, or the two together cannot be used. The message says what was expected, what was found and where.
/// </summary>
public sealed class InvalidModelException : Exception
{
    /// <summary>Creates the exception with a sentence for the user.</summary>
    public InvalidModelException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a sentence for the user and its cause.</summary>
    public InvalidModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
