using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Visits;

namespace DoorbellFace.Application.People;

/// <summary>
/// Photos that are sent, one lesson at a time: they lie in memory. A lesson that nobody asks about any more is forgotten. Thread-safe.
/// </summary>
/// <param name="enrolment">Learns.</param>
/// <param name="pictures">Writes faces that somebody is asked about.</param>
/// <param name="work">Works with the networks, when they are free.</param>
/// <param name="time">A clock.</param>
public sealed class PhotoLessons(
    EnrolmentService enrolment, IPictureFiles pictures,
    Func<Func<GalleryTools, EnrolmentReport?>, CancellationToken, Task<EnrolmentReport?>> work, TimeProvider time) : IDisposable
{
    /// <summary>Photos in one lesson.</summary>
    public const int MostPhotos = 200;

    /// <summary>Bytes of all its photos together.</summary>
    public const long MostBytes = 80L << 20;

    /// <summary>So long a question waits for its answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private PhotoLesson? _lesson;
    private ITimer? _forget;

    /// <summary>Begins one.</summary>
    /// <param name="name">Whose photos they are.</param>
    /// <param name="sent">Photos, and archives of them.</param>
    /// <exception cref="DoorbellException">The name is none, nothing was sent, an archive is refused, or other photos are being looked
    /// at.</exception>
    public PhotoLesson Begin(string name, IReadOnlyList<SentPhoto> sent)
    {
        string clean = PersonLookup.CheckName(name);
        SentPhoto[] photos =
            [.. sent.SelectMany(one => PhotoArchive.IsOne(one.Content)
                ? PhotoArchive.Open(one.Name, one.Content, MostPhotos, MostBytes)
                : [one])];
        if (photos.Length == 0) throw new DoorbellException(ErrorKind.InvalidValue, "No photo was sent.");
        if (photos.Length > MostPhotos)
            throw new DoorbellException(ErrorKind.InvalidValue, $"{photos.Length} photos were sent; {MostPhotos} at once are the most.");
        lock (_gate)
        {
            if (_lesson is { State: LessonState.Looking, IsCancelled: false })
                throw new DoorbellException(ErrorKind.InUse, "Other photos are being looked at. Try again when that is done.");
            _lesson?.Cancel();
            _forget?.Dispose();
            _forget = time.CreateTimer(_ => Forget(), null, Patience, Timeout.InfiniteTimeSpan);
            return _lesson = new PhotoLesson(clean, photos, enrolment, pictures, work);
        }
    }

    /// <summary>A lesson; null when it is not there, or no longer.</summary>
    public PhotoLesson? Find(Guid id)
    {
        lock (_gate) return _lesson is { } lesson && lesson.Id == id ? lesson : null;
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private void Forget()
    {
        lock (_gate)
        {
            _lesson?.Cancel();
            _forget?.Dispose();
            (_lesson, _forget) = (null, null);
        }
    }
}
