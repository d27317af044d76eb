using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Application.People;

/// <summary>How a lesson stands.</summary>
public enum LessonState
{
    /// <summary>Its photos are looked at.</summary>
    Looking,

    /// <summary>Somebody must say which faces are meant.</summary>
    Asking,

    /// <summary>The photos raise a doubt; somebody may say that they are sure.</summary>
    Doubting,

    /// <summary>It is over: learnt, or not.</summary>
    Ended,
}

/// <summary>
/// Photos of one person that somebody sent, looked at while they wait. Everything lies in memory, and nothing is kept before all is
/// answered. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // A source without a timer holds nothing to be disposed of.
public sealed class PhotoLesson
#pragma warning restore CA1001
{
    private readonly EnrolmentService _enrolment;
    private readonly IPictureFiles _pictures;
    private readonly Func<Func<GalleryTools, EnrolmentReport?>, CancellationToken, Task<EnrolmentReport?>> _work;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<int, FaceDetection[]> _several = [];
    private readonly Dictionary<int, int?> _meant = [];
    private readonly List<FaceQuestion> _questions = [];
    private IReadOnlyList<SentPhoto> _photos;
    private LessonState _state;
    private int _done;
    private Task _run = Task.CompletedTask;

    internal PhotoLesson(string name, IReadOnlyList<SentPhoto> photos, EnrolmentService enrolment, IPictureFiles pictures,
        Func<Func<GalleryTools, EnrolmentReport?>, CancellationToken, Task<EnrolmentReport?>> work)
    {
        (Name, _photos, _enrolment, _pictures, _work) = (name, photos, enrolment, pictures, work);
        Photos = photos.Count;
        Look(anyway: false);
    }

    /// <summary>Names it.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Whose photos they are.</summary>
    public string Name { get; }

    /// <summary>How many there are.</summary>
    public int Photos { get; }

    /// <summary>How it stands.</summary>
    public LessonState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>Photos that have been looked at.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>What is asked; empty unless it is <see cref="LessonState.Asking"/>.</summary>
    public IReadOnlyList<FaceQuestion> Questions
    {
        get
        {
            lock (_gate) return _state == LessonState.Asking ? [.. _questions] : [];
        }
    }

    /// <summary>What came of it; null before its end, and where nothing did.</summary>
    public EnrolmentReport? Report { get; private set; }

    /// <summary>Why nothing came of it, or what the doubt is; null otherwise.</summary>
    public DoorbellException? Trouble { get; private set; }

    /// <summary>Somebody has stopped it.</summary>
    public bool IsCancelled => _stop.IsCancellationRequested;

    /// <summary>Done when it looks at nothing.</summary>
    public Task Rest
    {
        get
        {
            lock (_gate) return _run;
        }
    }

    /// <summary>Says which faces are meant, and goes on.</summary>
    /// <param name="meant">For each question the place of the face; null for none of them. What is not answered is left out.</param>
    public void Answer(IReadOnlyDictionary<int, int?> meant)
    {
        lock (_gate)
        {
            if (_state != LessonState.Asking) return;
            foreach (FaceQuestion question in _questions)
                _meant[question.Photo] =
                    meant.GetValueOrDefault(question.Photo) is { } face && face >= 0 && face < question.Faces.Count ? face : null;
            _questions.Clear();
            Look(anyway: false);
        }
    }

    /// <summary>Says that the photos are meant, whatever the doubt is, and goes on.</summary>
    public void BeSure()
    {
        lock (_gate) if (_state == LessonState.Doubting) Look(anyway: true);
    }

    /// <summary>Ends it; nothing is kept, and the photos are gone.</summary>
    public void Cancel()
    {
        _stop.Cancel();
        lock (_gate) if (_state != LessonState.Looking) End();
    }

    private void Look(bool anyway)
    {
        (_state, Trouble) = (LessonState.Looking, null);
        Volatile.Write(ref _done, 0);
        _run = Task.Run(() => LookAsync(anyway));
    }

    private async Task LookAsync(bool anyway)
    {
        try
        {
            EnrolmentReport? report = await _work(tools => _enrolment.FromPhotos(
                Name, _photos, tools, Meant, () => Interlocked.Increment(ref _done), anyway, _stop.Token), _stop.Token)
                .ConfigureAwait(false);
            lock (_gate)
            {
                Report = report;
                if (report is null) _state = LessonState.Asking;
                else End();
            }
        }
        catch (OperationCanceledException)
        {
            lock (_gate) End();
        }
        catch (DoorbellException error)
        {
            lock (_gate)
            {
                Trouble = error;
                if (error.Remedy is { Key: RemedyKey.Confirm }) _state = LessonState.Doubting;
                else End();
            }
        }
#pragma warning disable CA1031 // Whatever the networks throw, whoever waits is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            lock (_gate)
            {
                Trouble = new DoorbellException(ErrorKind.UnusableInput, error.Message, cause: error);
                End();
            }
        }
    }

    private FaceDetection[]? Meant(int photo, PixelBuffer picture, IReadOnlyList<FaceDetection> faces)
    {
        lock (_gate)
        {
            if (_meant.TryGetValue(photo, out int? meant)) return meant is { } face ? [_several[photo][face]] : [];
            // From left to right, as people count them.
            FaceDetection[] several = _several[photo] = [.. faces.OrderBy(face => face.Box.X)];
            PixelBuffer gray = PixelConversion.ToGray8(picture);
            _questions.Add(new FaceQuestion(photo, _photos[photo].Name,
                [.. several.Select(face => _pictures.EncodePng(FaceCrop.Of(gray, face.Landmarks!.Value).Pixels))]));
            return null;
        }
    }

    private void End()
    {
        _state = LessonState.Ended;
        _photos = [];
        _questions.Clear();
        _several.Clear();
    }
}
