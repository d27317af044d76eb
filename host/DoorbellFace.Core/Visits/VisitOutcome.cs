namespace DoorbellFace.Core.Visits;

/// <summary>What a visit came to.</summary>
public enum VisitOutcome
{
    /// <summary>Not decided yet.</summary>
    Open,

    /// <summary>An enrolled person.</summary>
    Known,

    /// <summary>Perhaps an enrolled person.</summary>
    Uncertain,

    /// <summary>Nobody we know.</summary>
    Unknown,

    /// <summary>Pictures came, and no face was in them.</summary>
    NoFace,

    /// <summary>Pictures came, no face was in them, and something moves: somebody who has turned away, perhaps.</summary>
    Moving,

    /// <summary>Pictures came, no face was in them, and it is dark at the door.</summary>
    Dark,

    /// <summary>Pictures came, no face was in them, and they are black or one gray: something seems to lie over the lens.</summary>
    Covered,

    /// <summary>The pictures could not be examined: no network could be loaded, or it failed on them.</summary>
    NotLookedAt,

    /// <summary>Every picture was too damaged to be looked at.</summary>
    DamagedPicture,

    /// <summary>No picture came at all.</summary>
    NoPicture,

    /// <summary>The program was stopped before the visit was decided.</summary>
    Interrupted,

    /// <summary>The person it was has been removed since; all that is kept is that somebody was there.</summary>
    Forgotten,
}

/// <summary>What began a visit.</summary>
public enum VisitStart
{
    /// <summary>The bell button.</summary>
    Ring,

    /// <summary>A face was seen without a ring.</summary>
    Face,

    /// <summary>The motion sensor.</summary>
    Motion,

    /// <summary>Somebody indoors asked who is there.</summary>
    Look,
}
