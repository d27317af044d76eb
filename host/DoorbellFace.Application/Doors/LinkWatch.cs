using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// Says aloud, once, that the doorbell is not there, and once that it is back: who cannot see the screen would otherwise take silence for a quiet
/// day. Reads no clock. Not thread-safe: the door's worker owns it.
/// </summary>
/// <param name="since">When the door began to be listened to.</param>
public sealed class LinkWatch(DateTimeOffset since)
{
    private const string Key = "doorbell";

    /// <summary>A plug that is pushed in again within this time is nobody's concern; opening a port and finding its speed takes up to 12 seconds, too.</summary>
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
                return wasSpoken ? Sentence("The doorbell is back.") : null;
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
        return Sentence(SentenceFor(fault));
    }

    private static Announcement Sentence(string text) => new(text, AnnouncementPriority.High, Key);

    private static string SentenceFor(LinkFault fault) => fault switch
    {
        LinkFault.NoPort or LinkFault.Unplugged => "The doorbell's cable is out. I cannot hear the bell.",
        LinkFault.SeveralPorts => "There are several devices that could be the doorbell, and I do not know which it is. I cannot hear the bell.",
        LinkFault.HeldByAnother => "Another program is using the doorbell's port. I cannot hear the bell.",
        LinkFault.NotPermitted => "I may not use the doorbell's port. I cannot hear the bell.",
        LinkFault.WrongVersion => "The program in the doorbell does not fit this one. I cannot hear the bell.",
        LinkFault.WentWrong or LinkFault.NotUnderstood => "I do not understand what comes from the doorbell. I cannot hear the bell.",
        _ => "The doorbell does not answer. I cannot hear the bell.",
    };
}
