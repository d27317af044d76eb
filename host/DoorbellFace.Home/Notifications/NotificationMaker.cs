using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Home.Notifications;

/// <summary>
/// Decides what of a door's events is told elsewhere: what is said aloud of a visitor, and nothing that a rule of the house keeps from
/// being said. Who only passed by
/// is told of when they ring, unless more is asked for. A look that somebody indoors asked for is not told.
/// </summary>
/// <param name="options">What is asked for.</param>
/// <param name="encodeJpeg">A picture as the bytes of a JPEG file.</param>
internal sealed class NotificationMaker(NotifyOptions options, Func<PixelBuffer, byte[]> encodeJpeg)
{
    private VisitChanged? _unsent;

    /// <summary>What is told of an event; null: nothing.</summary>
    public Notification? Make(DoorEvent happened)
    {
        if (happened is VisitForgotten or PeopleChanged) _unsent = null;
        if (happened is not VisitChanged changed) return null;
        VisitRecord visit = changed.Happened.Visit;
        bool rang = visit.Rings > 0;
        if (changed.Says is not null)
        {
            bool isAsked = visit.StartedBy == VisitStart.Look && !rang;
            bool isTold = !isAsked && (rang || options.When == NotifyWhen.Announced);
            // Whoever was announced before they rang is told of when they ring.
            _unsent = isTold || isAsked ? null : changed;
            return isTold ? Made(changed) : null;
        }
        if (changed.Happened is not VisitorRangAgain || _unsent is not { } unsent || unsent.Happened.Visit.Id != visit.Id) return null;
        _unsent = null;
        VisitRecord nowRung = unsent.Happened.Visit with { Rings = visit.Rings };
        return Made(unsent with { At = changed.At, Happened = unsent.Happened with { Visit = nowRung } });
    }

    private Notification Made(VisitChanged changed) => new()
    {
        Id = Guid.NewGuid(),
        Door = changed.Door,
        At = changed.At,
        Title = options.Title,
        Text = changed.Says!.Text,
        Visit = changed.Happened.Visit,
        IsCorrection = changed.Happened is VisitorIdentified { IsCorrection: true },
        Jpeg = options.HasPicture && changed.Picture is { } picture ? encodeJpeg(picture.Pixels) : null,
    };
}
