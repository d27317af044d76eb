namespace DoorbellFace.Vision;

/// <summary>
/// A picture file is missing, cannot be opened, or holds no picture. The message is a whole sentence for the user and names the file.
/// </summary>
public sealed class InvalidPictureException : IOException
{
    /// <summary>Creates the exception with its sentence.</summary>
    /// <param name="message">What was expected and what was found.</param>
    public InvalidPictureException(string message)
        : base(message)
    {
    }
}
