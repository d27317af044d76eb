namespace DoorbellFace.Application;

/// <summary>
/// What helps against an error or follows from a finding, as a key: the terminal makes a command of it, a page a link, the voice a
/// sentence.
/// </summary>
public enum RemedyKey
{
    /// <summary>Enrol someone; names the person, if it is somebody known.</summary>
    Enrol,

    /// <summary>Look at who is enrolled.</summary>
    ListPeople,

    /// <summary>Join two entries that are one person; names both.</summary>
    Merge,

    /// <summary>Say that the pictures are meant, and do it again; names the person.</summary>
    Confirm,

    /// <summary>Take one picture away from a person; names the person and the picture's short id.</summary>
    RemovePicture,

    /// <summary>Test how well the enrolled are told apart.</summary>
    SelfTest,

    /// <summary>Take back the last enrolment; names the person.</summary>
    UndoEnrolment,

    /// <summary>Look at the visits that are kept.</summary>
    ListVisits,

    /// <summary>Take back every rule of the house.</summary>
    ClearRules,

    /// <summary>Use another data folder.</summary>
    ChooseDataFolder,

    /// <summary>Look which serial ports there are.</summary>
    ListPorts,

    /// <summary>Name the serial port.</summary>
    NamePort,

    /// <summary>
    /// Keep the braille program from taking the doorbell's chip; names the file of its rules and the chip's vendor and product.
    /// </summary>
    FreePortFromBraille,

    /// <summary>Look why a chip has no port; names its vendor and product.</summary>
    LoadPortDriver,

    /// <summary>Try without hardware.</summary>
    Simulate,

    /// <summary>Make a recording of the line.</summary>
    Record,

    /// <summary>Train or export the model again, or put both of its files together.</summary>
    MakeModel,

    /// <summary>Go back to the model that was in use before.</summary>
    RollBackModel,

    /// <summary>Try the sound.</summary>
    TrySound,

    /// <summary>Examine the doorbell.</summary>
    Examine,

    /// <summary>Begin to listen to the door.</summary>
    StartDoor,

    /// <summary>Start the program again.</summary>
    Restart,

    /// <summary>Install the part of the program that makes models.</summary>
    InstallTrainer,

    /// <summary>Take the page's password away, at the console.</summary>
    ResetPagePassword,
}

/// <summary>A remedy with the names that belong to it.</summary>
/// <param name="Key">Which.</param>
/// <param name="Names">Whom or what it is about, in the order that the key's description gives; often none.</param>
public sealed record Remedy(RemedyKey Key, params IReadOnlyList<string> Names);
