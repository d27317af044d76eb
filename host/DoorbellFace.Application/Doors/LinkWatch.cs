using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// Says aloud, once, that the doorbell is not there, and once that it is back: who cannot see the screen would otherwise take silence for a
/// quiet day. Reads no clock. Not thread-safe: the door's worker owns it.
/// </summary>
/// <param name="since">When the door began to be listened to.</param>
/// <param name="language">What it is said in; null: English.</param>
public sealed class LinkWatch(DateTimeOffset since, Language? language = null)
{
    private const string Key = "doorbell";

    /// <summary>
    /// A plug that is pushed in again within this time is nobody's concern; opening a port and finding its speed takes up to 12 seconds,
    /// too.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private DateTimeOffset? _downSince = since;
    private LinkFault? _fault;
    private LinkFault? _spokenFault;

    /// <summary>An event of the link; what is to be said of it, or null.</summary>
    public Announcement? Hear(LinkEvent happened)
    {
        switch (happened)
        {
            case LinkUp:
                bool wasSpoken = _spokenFault is not null;
                (_downSince, _fault, _spokenFault) = (null, null, null);
                return wasSpoken ? Say(Sentence.DoorbellBack) : null;
            case LinkDown down:
                _downSince ??= down.At;
                _fault = down.Fault;
                break;
            default:
                break;
        }
        return null;
    }

    /// <summary>Lets time pass; what is to be said, or null.</summary>
    public Announcement? Tick(DateTimeOffset now)
    {
        if (_downSince is not { } downSince || now - downSince < Patience || _spokenFault is not null) return null;
        LinkFault fault = _fault ?? LinkFault.NothingComes;
        _spokenFault = fault;
        return Say(SentenceFor(fault));
    }

    private Announcement Say(Sentence sentence) => new((language ?? Language.English).Say(sentence), AnnouncementPriority.High, Key);

    private static Sentence SentenceFor(LinkFault fault) => fault switch
    {
        LinkFault.NoPort or LinkFault.Unplugged => Sentence.CableOut,
        LinkFault.SeveralPorts => Sentence.SeveralDoorbells,
        LinkFault.HeldByAnother => Sentence.PortHeld,
        LinkFault.NotPermitted => Sentence.PortForbidden,
        LinkFault.WrongVersion => Sentence.WrongFirmware,
        LinkFault.WentWrong or LinkFault.NotUnderstood => Sentence.NotUnderstood,
        _ => Sentence.NoAnswer,
    };
}
