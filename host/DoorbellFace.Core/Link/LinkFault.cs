namespace DoorbellFace.Core.Link;

/// <summary>Why there is no device at the other end of the link.</summary>
public enum LinkFault
{
    /// <summary>There is no such port: the cable is out, or the name is wrong.</summary>
    NoPort,

    /// <summary>There are several ports, and nobody said which is the doorbell's.</summary>
    SeveralPorts,

    /// <summary>The port is something else: a folder, a file, a device that cannot be set.</summary>
    NotAPort,

    /// <summary>This user may not open the port.</summary>
    NotPermitted,

    /// <summary>Another program has the port.</summary>
    HeldByAnother,

    /// <summary>The port does not know the speed that was asked for.</summary>
    UnknownRate,

    /// <summary>The port went away while it was open: the cable was pulled.</summary>
    Unplugged,

    /// <summary>The device was understood, and has said nothing for too long.</summary>
    WentSilent,

    /// <summary>The device was understood, and what comes now is no longer understood.</summary>
    WentWrong,

    /// <summary>The port is open, and nothing comes at any speed.</summary>
    NothingComes,

    /// <summary>Packets come, but the device does not introduce itself when asked.</summary>
    DoesNotAnswer,

    /// <summary>Bytes come that are no packets at any speed.</summary>
    NotUnderstood,

    /// <summary>The device speaks a protocol of another major version.</summary>
    WrongVersion,

    /// <summary>The port takes no more bytes.</summary>
    Stuck,
}

/// <summary>Why there is no device, for programs and for people.</summary>
/// <param name="Fault">What kind of fault.</param>
/// <param name="Sentence">The same as a sentence with the figures, and with what to do.</param>
public sealed record LinkTrouble(LinkFault Fault, string Sentence);
