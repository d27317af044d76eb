namespace DoorbellFace.Core.Languages;

/// <summary>
/// Everything that the household hears. Each language has the words in a file of its own; the members' names, in snake case, are its keys.
/// </summary>
public enum Sentence
{
    /// <summary>Only known people stand there: {names}; counts them.</summary>
    Known,

    /// <summary>Known people with others: {names}, {others}; counts the known.</summary>
    KnownWith,

    /// <summary>One person who may be {name}.</summary>
    Uncertain,

    /// <summary>Only strangers: {count}; counts them.</summary>
    Unknown,

    /// <summary>Nobody is known for certain: {others}; counts them.</summary>
    Others,

    /// <summary>Somebody is there, and no network could look.</summary>
    NotLookedAt,

    /// <summary>Somebody is there, and no face is seen.</summary>
    NoFace,

    /// <summary>Somebody is there, and it is dark.</summary>
    Dark,

    /// <summary>Somebody is there and moves, and no face is seen.</summary>
    Moving,

    /// <summary>Somebody is there, and the lens is covered.</summary>
    Covered,

    /// <summary>Somebody is there, and every picture came damaged.</summary>
    DamagedPicture,

    /// <summary>Somebody is there, and no picture came.</summary>
    NoPicture,

    /// <summary>A better answer than the one before: {names}.</summary>
    NowKnown,

    /// <summary>A better answer: {names}, {others}.</summary>
    NowKnownWith,

    /// <summary>A better answer: perhaps {name}.</summary>
    NowUncertain,

    /// <summary>A better answer: strangers, {count}; counts them.</summary>
    NowUnknown,

    /// <summary>A better answer, and nobody is known for certain: {others}.</summary>
    NowOthers,

    /// <summary>A stranger was here before: {when}; counts all earlier visits, of which {when} names all.</summary>
    SeenBefore,

    /// <summary>The same, where {when} names only the latest; counts all earlier visits.</summary>
    SeenOften,

    /// <summary>Today, as a part of a sentence: {time}.</summary>
    EarlierToday,

    /// <summary>Yesterday, as a part of a sentence: {time}.</summary>
    EarlierYesterday,

    /// <summary>An earlier day, as a part of a sentence: {day}.</summary>
    EarlierOn,

    /// <summary>More have come: {others}; counts them.</summary>
    Joined,

    /// <summary>Strangers as the subject of a sentence: {count}; counts them.</summary>
    PartUnknown,

    /// <summary>Strangers after "with": {count}; counts them.</summary>
    PartUnknownWith,

    /// <summary>Perhaps {name}, as the subject of a sentence.</summary>
    PartUncertain,

    /// <summary>Perhaps {name}, after "with".</summary>
    PartUncertainWith,

    /// <summary>Somebody indoors asked, nobody rang: no network could look.</summary>
    UnseenNotLookedAt,

    /// <summary>Asked: no face is seen.</summary>
    UnseenNoFace,

    /// <summary>Asked: it is dark.</summary>
    UnseenDark,

    /// <summary>Asked: something moves, and no face is seen.</summary>
    UnseenMoving,

    /// <summary>Asked: the lens is covered.</summary>
    UnseenCovered,

    /// <summary>Asked: every picture came damaged.</summary>
    UnseenDamagedPicture,

    /// <summary>Asked: no picture came.</summary>
    UnseenNoPicture,

    /// <summary>The cable is out.</summary>
    CableOut,

    /// <summary>Several devices could be the doorbell.</summary>
    SeveralDoorbells,

    /// <summary>Another program uses the port.</summary>
    PortHeld,

    /// <summary>The port may not be used.</summary>
    PortForbidden,

    /// <summary>The firmware speaks another protocol.</summary>
    WrongFirmware,

    /// <summary>What comes from the doorbell makes no sense.</summary>
    NotUnderstood,

    /// <summary>Nothing comes from the doorbell.</summary>
    NoAnswer,

    /// <summary>The doorbell is there again.</summary>
    DoorbellBack,

    /// <summary>No network could be loaded.</summary>
    CannotLook,

    /// <summary>The people who are enrolled cannot be read.</summary>
    CannotReadPeople,

    /// <summary>The people who were enrolled were deleted from the disk.</summary>
    PeopleLost,

    /// <summary>The family's own network is damaged, and another serves.</summary>
    OtherNetwork,

    /// <summary>The rules of the house cannot be read, and none counts.</summary>
    RulesUnreadable,

    /// <summary>Visits cannot be kept.</summary>
    RecordLost,

    /// <summary>Visits are kept again.</summary>
    RecordBack,

    /// <summary>No visit is kept.</summary>
    NoVisitYet,

    /// <summary>A visit of today: {time}, {who}.</summary>
    VisitWas,

    /// <summary>A visit of an earlier day: {day}, {time}, {who}.</summary>
    VisitWasOn,

    /// <summary>A visitor without a face, as a part of a sentence.</summary>
    NobodySeen,

    /// <summary>The answer was far above its threshold.</summary>
    VerySure,

    /// <summary>The answer was above its threshold.</summary>
    Sure,

    /// <summary>The answer was between the thresholds.</summary>
    NotSure,

    /// <summary>How often a face was seen: {seen} of {looked} pictures.</summary>
    SeenIn,

    /// <summary>No ring today.</summary>
    TodayNone,

    /// <summary>Rings of today; counts them.</summary>
    TodayRings,

    /// <summary>Rings of the evening before, since the house was quiet; counts them.</summary>
    RingsLastNight,

    /// <summary>How often somebody came, as a part of a sentence: {who}; counts it.</summary>
    Came,

    /// <summary>All who came, in one sentence: {who}.</summary>
    CameList,

    /// <summary>A ring that nobody was looked at for: {time}.</summary>
    Missed,

    /// <summary>Somebody said who a visitor was, and the picture is learnt: {name}.</summary>
    Corrected,

    /// <summary>Somebody said who a visitor was, who is new: {name}.</summary>
    CorrectedNew,

    /// <summary>Somebody said who a visitor was not: {name}.</summary>
    CorrectedNot,

    /// <summary>Somebody said who a visitor was, and nothing can be learnt from the picture: {name}.</summary>
    NotCorrected,

    /// <summary>A message that tries whether messages arrive.</summary>
    TrialMessage,

    /// <summary>The bell rings; shown where it may not be heard.</summary>
    BellRings,

    /// <summary>Something that is wired to this computer does not work: {part}.</summary>
    WiredPartFails,

    /// <summary>The bell button that is wired to this computer, as a part of a sentence.</summary>
    WiredBell,

    /// <summary>The button that has things said again, as a part of a sentence.</summary>
    WiredAgain,

    /// <summary>The wired chime, as a part of a sentence.</summary>
    WiredChime,

    /// <summary>The wired buzzer, as a part of a sentence.</summary>
    WiredBuzzer,

    /// <summary>The wired light, as a part of a sentence.</summary>
    WiredLight,

    /// <summary>The wired display, as a part of a sentence.</summary>
    WiredDisplay,

    /// <summary>The coach at the door begins: {name}.</summary>
    CoachBegin,

    /// <summary>The coach praises, before the next pose.</summary>
    CoachGood,

    /// <summary>Pose: into the camera.</summary>
    CoachStraight,

    /// <summary>Pose: to the person's own left.</summary>
    CoachLeft,

    /// <summary>Pose: to the right.</summary>
    CoachRight,

    /// <summary>Pose: into the camera again.</summary>
    CoachSmile,

    /// <summary>The pose is not straight.</summary>
    CoachStraighter,

    /// <summary>The pose is not far enough to the left.</summary>
    CoachMoreLeft,

    /// <summary>The pose is not far enough to the right.</summary>
    CoachMoreRight,

    /// <summary>There are enough pictures.</summary>
    CoachEnd,

    /// <summary>The pictures are kept: {name}.</summary>
    CoachKept,

    /// <summary>There are too few pictures: {name}.</summary>
    CoachFailed,

    /// <summary>It is too dark for a face to be seen.</summary>
    CoachNoLight,

    /// <summary>The picture shows nothing.</summary>
    CoachCovered,

    /// <summary>There is no face.</summary>
    CoachNoFace,

    /// <summary>There are several faces: {name}; counts them.</summary>
    CoachSeveral,

    /// <summary>The face is cut off.</summary>
    CoachCutOff,

    /// <summary>The face is small.</summary>
    CoachTooFar,

    /// <summary>The face is dark.</summary>
    CoachTooDark,

    /// <summary>The face is overexposed.</summary>
    CoachTooBright,

    /// <summary>The face has no contrast.</summary>
    CoachFlat,

    /// <summary>The face is turned away.</summary>
    CoachTurnedAway,

    /// <summary>The face is blurred.</summary>
    CoachBlurred,

    /// <summary>Faces on the wall are learnt; counts them.</summary>
    WallLearnt,

    /// <summary>No face stays in one place.</summary>
    WallEmpty,

    /// <summary>A face does not move, visit after visit.</summary>
    WallAsked,

    /// <summary>The set-up begins.</summary>
    SetupHello,

    /// <summary>The set-up goes on where it was stopped.</summary>
    SetupGoesOn,

    /// <summary>Offers this language: {digits}.</summary>
    SetupLanguage,

    /// <summary>Asks whether bell and voice are heard.</summary>
    SetupSound,

    /// <summary>No loudspeaker was heard.</summary>
    SetupNoSound,

    /// <summary>Asks whether the speed is right.</summary>
    SetupSpeed,

    /// <summary>The doorbell is examined.</summary>
    SetupCable,

    /// <summary>The doorbell is all right.</summary>
    SetupCableGood,

    /// <summary>What is wrong has been said.</summary>
    SetupCableBad,

    /// <summary>Offers help with the lens.</summary>
    SetupFocus,

    /// <summary>Asks for a press of the button.</summary>
    SetupBell,

    /// <summary>The press has come.</summary>
    SetupBellHeard,

    /// <summary>No press has come.</summary>
    SetupBellMissing,

    /// <summary>Offers another try.</summary>
    SetupAgain,

    /// <summary>Asks for the first name.</summary>
    SetupName,

    /// <summary>Somebody is to go to the door: {name}.</summary>
    SetupAtDoor,

    /// <summary>Somebody is to ring: {name}.</summary>
    SetupRing,

    /// <summary>The name was not said: {name}.</summary>
    SetupNotProved,

    /// <summary>The set-up is over.</summary>
    SetupDone,

    /// <summary>The set-up is over, with something skipped.</summary>
    SetupEnded,

    /// <summary>The set-up was stopped.</summary>
    SetupStopped,

    /// <summary>An answer that was not offered.</summary>
    SetupNotUnderstood,
}
