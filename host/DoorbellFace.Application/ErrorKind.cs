namespace DoorbellFace.Application;

/// <summary>What kind of trouble an error is; each surface turns it into its own: an exit code, a status, a sentence.</summary>
public enum ErrorKind
{
    /// <summary>What was named is not there: a person, a visit, a file.</summary>
    NotFound,

    /// <summary>It is there, and somebody else has it: a port, a data folder.</summary>
    InUse,

    /// <summary>A value that was given is outside what is possible: a name without letters, an age of no days.</summary>
    InvalidValue,

    /// <summary>It is there and cannot be read or written: a damaged file, a full disk, a newer program's data.</summary>
    UnusableInput,

    /// <summary>A part of the system that is needed is not installed or not connected.</summary>
    MissingPart,

    /// <summary>It could be done, and is not, for a reason that the sentence gives.</summary>
    Refused,
}
