namespace DoorbellFace.Application;

/// <summary>
/// Something that whoever uses the program can put right. The message is a whole sentence: what was expected, what was found. It names no
/// command and no button; what to do about it is the <see cref="Remedy"/>, which each surface puts into its own words.
/// </summary>
public class DoorbellException : Exception
{
    /// <summary>Creates the error with its sentence.</summary>
    /// <param name="kind">What kind of trouble it is.</param>
    /// <param name="sentence">What was expected, what was found.</param>
    /// <param name="remedy">What helps; null when the sentence says all.</param>
    /// <param name="cause">What led to it; null when nothing did.</param>
    public DoorbellException(ErrorKind kind, string sentence, Remedy? remedy = null, Exception? cause = null)
        : base(sentence, cause) => (Kind, Remedy) = (kind, remedy);

    /// <summary>What kind of trouble it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What helps; null when the sentence says all.</summary>
    public Remedy? Remedy { get; }
}
