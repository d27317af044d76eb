using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.People;

/// <summary>
/// Enrolment at the door: says what the coach says, and offers the frames that the coach takes. It waits for nothing and reads no clock, so
/// the running door and a command that has the port to itself drive the same object. Not thread-safe: one worker owns it.
/// </summary>
/// <param name="tools">Finds the faces.</param>
/// <param name="enrolment">Gets the frames.</param>
/// <param name="coach">Leads.</param>
/// <param name="speaker">Speaks.</param>
public sealed class EnrolmentAtDoor(GalleryTools tools, Enrolment enrolment, EnrolmentCoach coach, ISpeaker speaker)
{
    /// <summary>Advice that comes later than this is about another frame.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(8);

    /// <summary>Told each sentence as it is given to the speaker.</summary>
    public Action<string>? Said { get; init; }

    /// <summary>Faces that hang on the wall, which are not the ones to be learnt.</summary>
    public Func<WallPictures>? Wall { get; init; }

    /// <summary>Whether the coach is still at work, content, or has given up.</summary>
    public CoachState State => coach.State;

    /// <summary>The camera is there: the coach greets.</summary>
    public void Begin(DateTimeOffset now) => Say(coach.Begin(now), now);

    /// <summary>Lets time pass.</summary>
    public void Tick(DateTimeOffset now) => Say(coach.Tick(now).Say, now);

    /// <summary>Looks at a frame; one of test bars, or with rows that had to be invented, is of no use here.</summary>
    public void LookAt(FrameReceived frame, DateTimeOffset now)
    {
        if (frame.ShowsTestBars || frame.Frame.ConcealedRows.Count > 0) return;
        PixelBuffer gray = PixelConversion.ToGray8(frame.Frame.Pixels);
        IReadOnlyList<FaceDetection> faces = (Wall?.Invoke() ?? WallPictures.None).Overlook(tools.InFrame(gray), gray.Width);
        CoachAnswer answer =
            coach.Look(now, SampleCheck.Of(gray, faces), faces.Count == 0 ? PictureLight.Of(gray).Verdict : LightVerdict.Right);
        if (answer.Take) enrolment.Offer(gray, faces, SampleSource.Camera, frame.At, $"frame {frame.Frame.Sequence}");
        Say(answer.Say, now);
    }

    /// <summary>Says how it ended, to whoever stands outside.</summary>
    /// <param name="now">Now.</param>
    /// <param name="isKept">Whether the pictures were kept.</param>
    public void Conclude(DateTimeOffset now, bool isKept) => Say(coach.Conclude(now, isKept), now);

    /// <summary>
    /// One key for all: what is said later takes the place of what still waits. High, so that nothing is held back as a repetition.
    /// </summary>
    private void Say(string? sentence, DateTimeOffset now)
    {
        if (sentence is null) return;
        Said?.Invoke(sentence);
        DateTimeOffset? stale = coach.State == CoachState.Working ? now + FreshFor : null;
        speaker.Speak(new Announcement(sentence, AnnouncementPriority.High, "enrolment", stale));
    }
}
