namespace DoorbellFace.Web.Words;

/// <summary>
/// Every sentence and label of the page; each file beside this one has all of them, under its name in small letters (docs/page.md).
/// </summary>
#pragma warning disable CS1591 // A phrase is named by what it says; the English file has the words.
public enum Phrase
{
    AdviceAdd, AdviceMerge, AdviceRemove, AllVisits, AtTheDoor, BackToTheDoor, BadRequest, BellRang, CableFact, CableGood, CableLoses,
    CameraFact, CameraSends, Change, ChangePassword, Checking, DeleteForGood, DeletePerson, DeletePersonWhat, DeleteVisit,
    DeleteVisitWhat, DoesItWork, DoesItWorkWhat, DoesNotAgree, DoorSays, Doorbell, Enrol, EnrolOtherWays, EnrolSomebody, EnrolWhat,
    Enrolled, EnrolledNew, ExportCsv, FilterAnybody, FilterDay, FilterStrangers, FilterWho, ForgotPassword, Forgotten, GoOn,
    GroupTitle, HowItStands, HowSureAndWhy, IAmSure, IgnorePerson, Interrupted, IsNot, ItIs, ItIsSomebody, KnowsFact, KnowsNobody,
    LanguageOfThePage, Later, LatestVisits, Learning, LightGood, LightRatherBright, LightRatherDark, LightTooBright, LightTooDark,
    LikeAlike, LikeNobody, LikePerhaps, LinkIsBack, LinkIsDown, LinkIsUp, LivePicture, LogIn, LogOut, LogOutEverywhere,
    LoggedOutEverywhere, LookAtThem, LookFirst, LookIs, LookNow, Looking, LookingAtPictures, LookingWhoItIs, LooksLike, MainMenu,
    Merge, MergeAgrees, MergeDisagree, MergeThen, MergeTitle, MergeWhat, Merged, MoreGroups, MoreInGroup, MorePhotos, Muted, Name,
    NeverAnnounced, NewName, NewPassword, NewerPicture, Newest, NewestFirst, NewestIsWrong, NextAsNear, NextFar, NextNear,
    NoPictureKept, NoPictureNow, NoSuchPerson, NoSuchVisits, NoVisits, NobodyEnrolled, NobodyThere, NobodyToReview, NotAFace, NotFound,
    NotKnown, NotLookedAt, NotTaken, NothingSaidYet, NothingToLearn, Now, Older, OlderVisits, OnSoManyDays, Pace, PaceRule, Password,
    PasswordIsSet, PasswordRule, Pause, People, PersonDeleted, Photos, PhotosRule, PictureNumber, PictureOf, PictureOfPerson,
    PictureRemoved, PictureTaken, Pictures, PresentPassword, RememberedIgnored, RememberedLater, RememberedName, RememberedNot,
    RememberedNotAFace, Remove, Rename, Renamed, ReviewWhat, RingForTrial, SaidAt, SaidEarlier, SaidIgnored, SaidLater, SaidNamed,
    SaidNotAFace, SamePersonAs, SaveAndTry, SavedAndSaid, SayAgain, SayAs, SayAsRule, SayItAloud, Sessions, SessionsWhat, SetPassword,
    Settings, SharpFairly, SharpPoorly, SharpWell, Shortcuts, Show, ShowAll, SingleTitle, SizeFairly, SizePoorly, SizeWell,
    SkipToContent, SoManyPictures, SomeDisagree, SomebodyForgotten, SoundGoesTo, Speak, SpeakThis, Split, SplitLook, SplitName,
    SplitNone, SplitSuggested, SplitTitle, SpokenLanguage, TakeBack, TakenBack, TestConfused, TestGood, TestKnown, TestUncertain,
    TestUnknown, ThatIsWho, TheyAgree, ToReview, Today, TooLarge, TooManyTries, VisitDeleted, Visits, VisitsOf, Voice, VoiceFact,
    Volume, VolumeRule, WasSplit, Welcome, WelcomeWhat, WentWrong, WhatIsHeard, WhatToDo, WhatYouSaid, WhenAt, WhichPictures,
    WhichPicturesWhat, WhoIsKnown, WhoIsThis, WhoWasIt, WithTheirVisits, WrongPassword, Yesterday, YouSaid, YouSaidNot,
}
