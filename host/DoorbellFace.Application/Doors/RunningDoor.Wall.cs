using DoorbellFace.Application.Wall;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Recognition;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Doors;

/// <content>Faces that hang on the wall: learnt when somebody asks for it while nobody is at the door, and asked about when one is noticed.
/// </content>
public sealed partial class RunningDoor
{
    /// <summary>Frames of one lesson: some four seconds.</summary>
    private const int LessonFrames = 8;

    private readonly WallWatch _wallWatch = new();
    private WallRun? _lesson;

    /// <inheritdoc/>
    public async Task<WallLesson> LearnWallAsync(CancellationToken stop)
    {
        if (_parts.Wall is null) throw new DoorbellException(ErrorKind.Refused, "No face on the wall can be learnt at this door.");
        if (!_parts.Link.IsUp) throw NoDoorbell();
        var lesson = new WallRun();
        Request(() => BeginLesson(lesson));
        try
        {
            return await lesson.Learnt.Task.WaitAsync(LookLimit, _time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw NoPicture();
        }
        finally
        {
            Request(() =>
            {
                if (_lesson != lesson) return;
                _lesson = null;
                if (!_pipeline.NeedsFrames) _ = SendFromWorkerAsync(HostCommand.StreamOff, CancellationToken.None);
            });
        }
    }

    private void BeginLesson(WallRun lesson)
    {
        if (_lesson is not null || _enrolment is not null || _pipeline.Current is not null)
            lesson.Learnt.TrySetException(new DoorbellException(ErrorKind.InUse,
                "Somebody is at the door, or was a moment ago. Ask again when nobody is there."));
        else if (_parts.Recognition.Recognizer is null)
            lesson.Learnt.TrySetException(new DoorbellException(ErrorKind.MissingPart, "No network is loaded that could find faces.",
                new Remedy(RemedyKey.MakeModel)));
        else
        {
            // No frame before the door knows what for: it would begin a visit.
            _lesson = lesson;
            _ = _parts.Link.SendAsync(HostCommand.StreamOn, CancellationToken.None);
        }
    }

    private void HearForWall(LinkEvent happened)
    {
        if (_lesson is not { } lesson || lesson.Learnt.Task.IsCompleted) return;
        switch (happened)
        {
            case BellReceived { IsNew: true }:
                lesson.Learnt.TrySetException(new DoorbellException(ErrorKind.InUse, "Somebody rang. Ask again when nobody is there."));
                break;
            case FrameReceived { ShowsTestBars: false } frame when _parts.Recognition.Recognizer is { } recognizer:
                lesson.Faces.Look(recognizer.Recognize(frame.Frame.Pixels), frame.Frame.Pixels, _time.Shown(frame.At));
                if (lesson.Faces.Frames == LessonFrames) Learn(lesson);
                break;
            default:
                break;
        }
    }

    private void Learn(WallRun lesson)
    {
        try
        {
            WallPicture[] found = [.. lesson.Faces.Found().Select(face => face.Place)];
            if (found.Length > 0) new WallService(_parts.Wall!).Learn(found);
            _wall.Refresh();
            string says = found.Length == 0
                ? _parts.Language.Say(Sentence.WallEmpty)
                : _parts.Language.Say(Sentence.WallLearnt, found.Length);
            _parts.Voice.Speak(new Announcement(says, AnnouncementPriority.High, "wall"));
            lesson.Learnt.TrySetResult(new WallLesson(found.Length, says, [.. found.Select(NameOf).OfType<string>().Distinct()]));
        }
        catch (DoorbellException error)
        {
            lesson.Learnt.TrySetException(error);
        }
    }

    /// <summary>Who is on a picture of somebody who is enrolled; null for anybody else.</summary>
    private string? NameOf(WallPicture picture) =>
        _parts.Recognition.Policy.Decide([new FaceVote(1) { Embedding = picture.Embedding }]) switch
        {
            { Outcome: IdentificationOutcome.Known } known => known.Name,
            _ => null,
        };

    private void LookForWall(FrameReceived frame, IReadOnlyList<RecognizedFace> faces)
    {
        if (faces.Count > 0 || _pipeline.Current is not null) _wallWatch.Look(faces, frame.Frame.Pixels, frame.At);
    }

    private void AskAboutTheWall()
    {
        if (!_wallWatch.EndVisit() || _parts.Wall is null) return;
        _log.LogInformation(
            "A face is in the same place of the picture at every visit and does not move. If it is a picture on the wall, have the wall "
            + "learnt while nobody is at the door.");
        _parts.Voice.Speak(new Announcement(_parts.Language.Say(Sentence.WallAsked), AnnouncementPriority.Low, "wall"));
    }

    private sealed class WallRun
    {
        public StillFaces Faces { get; } = new();

        public TaskCompletionSource<WallLesson> Learnt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
