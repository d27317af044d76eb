namespace DoorbellFace.Vision.Photos;

/// <summary>Something in a folder of photos that was not taken for a photo.</summary>
/// <param name="Path">Relative to the folder.</param>
/// <param name="Cause">Why.</param>
public sealed record PassedOver(string Path, PassedOverCause Cause)
{
    /// <summary>Why, for behind the path and a colon.</summary>
    public string Reason => Cause switch
    {
        PassedOverCause.Forbidden => "this user may not read it",
        PassedOverCause.Gone => "it has gone meanwhile, or is a link to nothing",
        PassedOverCause.NameNotUtf8 => "its name is not written in UTF-8 and cannot be opened; rename it",
        PassedOverCause.NoFile => "it is a pipe, a socket or a device",
        PassedOverCause.SeenAlready => "it is a second way to something that is read already",
        PassedOverCause.OtherFormat => "this kind of picture is not read; save it as JPEG",
        PassedOverCause.Unreadable => "the disk or the network does not give it",
        _ => "it is hidden, or made by a program",
    };
}

/// <summary>Why something was passed over.</summary>
public enum PassedOverCause
{
    /// <summary>Hidden, a thumbnail, or in a folder that programs keep for themselves. Nobody put it there to be looked at.</summary>
    Hidden,

    /// <summary>No permission.</summary>
    Forbidden,

    /// <summary>It was listed, and is not there.</summary>
    Gone,

    /// <summary>A name in another encoding than the system's.</summary>
    NameNotUtf8,

    /// <summary>Neither file nor folder: reading it might never end.</summary>
    NoFile,

    /// <summary>A link, or a second name, of something that is taken already.</summary>
    SeenAlready,

    /// <summary>A picture of a kind that is not read, such as a camera's raw data.</summary>
    OtherFormat,

    /// <summary>An input or output error.</summary>
    Unreadable,
}
