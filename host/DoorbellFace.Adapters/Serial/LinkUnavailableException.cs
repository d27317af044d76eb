using DoorbellFace.Application;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// A port, or a file of the link's, cannot be used. The message is a whole sentence: what was expected, what was found, what to do.
/// </summary>
public sealed class LinkUnavailableException : DoorbellException
{
    /// <summary>Creates the exception with its sentence.</summary>
    /// <param name="fault">What is wrong with the port.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="remedy">What helps; null when the sentence says all.</param>
    /// <param name="cause">What led to it.</param>
    public LinkUnavailableException(LinkFault fault, string sentence, Remedy? remedy = null, Exception? cause = null)
        : base(fault == LinkFault.HeldByAnother ? ErrorKind.InUse : ErrorKind.MissingPart, sentence, remedy, cause) => Fault = fault;

    /// <summary>What is wrong with the port.</summary>
    public LinkFault Fault { get; }
}
