using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Storage;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Keeps every visit and its picture: as soon as it begins, again when it is answered, and for good when it ends, so that a program that is
/// killed loses at most the answer of the visit that was going on. The picture is the frame as it came, without box or caption, so that a person
/// can be enrolled with it.
/// </summary>
internal sealed class VisitLogSink(SqliteVisitStore store) : IVisitSink
{
    private string? _picturePath;

    /// <inheritdoc/>
    public void Receive(VisitEvent visitEvent, VisitPicture? picture)
    {
        VisitRecord visit = visitEvent.Visit;
        if (visitEvent is VisitStarted) _picturePath = null;
        if (visitEvent is VisitorIdentified or VisitEnded && picture is not null)
            _picturePath = store.Pictures.Save(visit, PictureFile.EncodePng(picture.Pixels));
        store.Save(visit with { PicturePath = _picturePath });
    }
}
