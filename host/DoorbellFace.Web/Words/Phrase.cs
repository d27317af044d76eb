namespace DoorbellFace.Web.Words;

/// <summary>
/// Every sentence and label of the page; each file beside this one has all of them, under its name in small letters (docs/page.md).
/// </summary>
#pragma warning disable CS1591 // A phrase is named by what it says; the English file has the words.
public enum Phrase
{
    ActDenied, ActEnrolled, ActExported, ActJoined, ActLoggedIn, ActLoggedOutEverywhere, ActLoginFailed, ActModelBegun, ActModelChanged,
    ActPasswordReset, ActPasswordSet, ActPersonChanged, ActPersonDeleted, ActPictureRemoved, ActRenamed, ActSeparated,
    ActSettingsChanged, ActSpokenByToken, ActTokenAdded, ActTokenRevoked, ActVisitDeleted, ActWallChanged, AdviceAdd, AdviceMerge,
    AdviceRemove, AllVisits, AtTheConsole, AtTheDoor, Audit, AuditNone, AuditShow, AuditWhat, BackToTheDoor,
    BadRequest, BellRang, BuildBegin, BuildBegun, BuildCancel, BuildCancelled, BuildCancelling, BuildCutOff, BuildDividing, BuildDone,
    BuildFaces, BuildFailed, BuildFineTuning, BuildIsDone, BuildLog, BuildMeasuring, BuildMinutes, BuildMinutesRule, BuildNewer, BuildPlain,
    BuildProgress, BuildReview, BuildShow, BuildSince, BuildSmall, BuildSource, BuildSourceTooFew, BuildStarting, BuildStep, BuildTooFew,
    CableFact, CableGood, CableLoses, CameraFact, CameraSends, CandidateRange, CandidateTest, Candidates, CandidatesWhat, Change,
    ChangePassword, Checking, CoachBegins, CoachSaysNow, ColumnLossChoosing, ColumnLossLearning, ColumnRight, ColumnRound, ColumnTime,
    Consent, ConsentDate, ConsentRule, CurveChoosing, CurveKept, CurveLearning, CurveLoss, CurveLossTold, CurveRight, CurveRightTold,
    CurveRounds, CurveWhat, DecimalMark, DeleteForGood, DeletePerson, DeletePersonWhat, DeleteVisit, DeleteVisitWhat, DoesItWork,
    DoesItWorkWhat, DoesNotAgree, DoorSays, Doorbell, Enrol, EnrolAtDoor, EnrolAtDoorNow, EnrolFromDoor, EnrolFromDoorWhat, EnrolOtherWays,
    EnrolSomebody, EnrolWhat, Enrolled, EnrolledNew, ExportCsv, ExportPerson, ExportPersonWhat, FaceFromTheLeft, FilterAnybody, FilterDay,
    FilterStrangers, FilterWho, ForgotPassword, Forgotten, GoOn, GroupTitle, HowItStands, HowSureAndWhy, IAmSure, IgnorePerson, Install,
    Installed, Installing, Interrupted, IsInUse, IsNot, ItIs, ItIsSomebody, KnowsFact, KnowsNoStrangers, KnowsNobody, KnowsStrangers,
    LanguageOfThePage, Later, LatestVisits, Learning, LessonCancel, LessonCancelled, LightGood, LightRatherBright, LightRatherDark,
    LightTooBright, LightTooDark, LikeAlike, LikeNobody, LikePerhaps, LinkIsBack, LinkIsDown, LinkIsUp, LivePicture, LogIn, LogOut,
    LogOutEverywhere, LoggedOutEverywhere, LookAtThem, LookFirst, LookIs, LookNow, Looking, LookingAtPhotos, LookingAtPictures,
    LookingWhoItIs, LooksLike, MainMenu, MakeModel, MakeModelWhat, Merge, MergeAgrees, MergeDisagree, MergeThen, MergeTitle, MergeWhat,
    Merged, Milliseconds, MixUp, MixUps, Model, ModelBefore, ModelFineTuned, ModelInUse, ModelMade, ModelShipped, ModelSmall, ModelUnknown,
    ModelWhat, MoreGroups, MoreInGroup, MorePhotos, Muted, Name, NameAtDoor, NeverAnnounced, NewName, NewPassword, NewerPicture, Newest,
    NewestFirst, NewestIsWrong, NextAsNear, NextFar, NextNear, NoMixUps, NoPictureKept, NoPictureNow, NoSuchPerson, NoSuchVisits, NoVisits,
    NobodyEnrolled, NobodyThere, NobodyToReview, NoneOfThem, NotAFace, NotDone, NotFound, NotKnown, NotLookedAt, NotTaken, NothingNew,
    NothingSaidYet, NothingToLearn, Now, Older, OlderVisits, OnSoManyDays, Pace, PaceRule, PageFound, PageLost, Password, PasswordIsSet,
    PasswordRule, Pause, PausePerson, PausePersonWhat, People, Percent, PersonDeleted, PersonGoesOn, PersonPaused, PhotoFolder, Photos,
    PhotosDone, PhotosOf, PhotosRule, PictureNumber, PictureOf, PictureOfPerson, PictureRemoved, PictureTaken, Pictures, PresentPassword,
    Recommended, Record, RecordSaved, RememberedIgnored, RememberedLater, RememberedName, RememberedNot, RememberedNotAFace, Remove, Rename,
    Renamed, ReviewWhat, RingForTrial, RollBack, SaidAt, SaidEarlier, SaidIgnored, SaidLater, SaidNamed, SaidNotAFace, SamePersonAs, Save,
    SaveAndTry, SavedAndSaid, SayAgain, SayAs, SayAsRule, SayItAloud, Sessions, SessionsWhat, SetPassword, Settings, SharpFairly,
    SharpPoorly, SharpWell, Shortcuts, Show, ShowAll, SingleTitle, SizeFairly, SizePoorly, SizeWell, SkipToContent, SoManyPictures,
    SomeDisagree, SomebodyForgotten, SoundGoesTo, Speak, SpeakThis, Split, SplitLook, SplitName, SplitNone, SplitSuggested, SplitTitle,
    SpokenLanguage, TakeBack, TakenBack, TestConfused, TestGood, TestKnown, TestUncertain, TestUnknown, ThatIsWho, TheyAgree, ToReview,
    Today, TooLarge, TooManyTries, TrainerMissing, UseShipped, VisitDeleted, Visits, VisitsOf, Voice, VoiceFact, Volume, VolumeRule,
    WasSplit, Welcome, WelcomeWhat, WentWrong, WhatIsHeard, WhatToDo, WhatYouSaid, WhenAt, WhichPictures, WhichPicturesWhat, WhoIsKnown,
    WhoIsMeant, WhoIsMeantOn, WhoIsMeantWhat, WhoIsThis, WhoWasIt, WithTheirVisits, WrongPassword, Yesterday, YouSaid, YouSaidNot,
}
