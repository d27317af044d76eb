namespace DoorbellFace.Web.Words;

/// <summary>
/// Every sentence and label of the page; each file beside this one has all of them, under its name in small letters (docs/page.md).
/// </summary>
#pragma warning disable CS1591 // A phrase is named by what it says; the English file has the words.
public enum Phrase
{
    AllVisits, AtTheDoor, BackToTheDoor, BadRequest, BellRang, CableFact, CableGood, CableLoses, CameraFact, CameraSends, Change,
    ChangePassword, DeleteForGood, DeletePerson, DeletePersonWhat, DeleteVisit, DeleteVisitWhat, DoorSays, Doorbell, Enrol,
    EnrolOtherWays, EnrolSomebody, EnrolWhat, Enrolled, EnrolledNew, ExportCsv, FilterAnybody, FilterDay, FilterStrangers, FilterWho,
    ForgotPassword, Forgotten, GoOn, HowItStands, HowSureAndWhy, IAmSure, Interrupted, IsNot, ItIs, ItIsSomebody, KnowsFact,
    KnowsNobody, LanguageOfThePage, LatestVisits, Learning, LinkIsBack, LinkIsDown, LinkIsUp, LivePicture, LogIn, LogOut,
    LogOutEverywhere, LoggedOutEverywhere, LookNow, Looking, LookingWhoItIs, LooksLike, MainMenu, Merge, MergeWhat, Merged, MorePhotos,
    Muted, Name, NeverAnnounced, NewName, NewPassword, NewerPicture, Newest, NewestFirst, NoPictureKept, NoPictureNow, NoSuchPerson,
    NoSuchVisits, NoVisits, NobodyEnrolled, NobodyThere, NotFound, NotKnown, NotTaken, NothingSaidYet, NothingToLearn, Now, Older,
    OlderVisits, Pace, PaceRule, Password, PasswordIsSet, PasswordRule, Pause, People, PersonDeleted, Photos, PhotosRule, PictureNumber,
    PictureOf, PictureOfPerson, PictureRemoved, PictureTaken, Pictures, PresentPassword, RememberedNot, Remove, Rename, Renamed,
    RingForTrial, SamePersonAs, SaveAndTry, SavedAndSaid, SayAgain, SayAs, SayAsRule, SayItAloud, Sessions, SessionsWhat, SetPassword,
    Settings, Show, ShowAll, SkipToContent, SoManyPictures, SoundGoesTo, Speak, SpeakThis, SpokenLanguage, TakeBack, TakenBack,
    ThatIsWho, Today, TooLarge, TooManyTries, VisitDeleted, Visits, VisitsOf, Voice, VoiceFact, Volume, VolumeRule, Welcome,
    WelcomeWhat, WentWrong, WhatIsHeard, WhatToDo, WhenAt, WhoIsKnown, WhoWasIt, WithTheirVisits, WrongPassword, Yesterday, YouSaid,
    YouSaidNot,
}
