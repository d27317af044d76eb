using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;
using DoorbellFace.Application.Speaking;

namespace DoorbellFace.Application.Doors;

/// <summary>Something that happened at a door, for whoever subscribes (docs/events.md).</summary>
/// <param name="Door">Which door.</param>
/// <param name="At">When, as the clock on the wall shows it.</param>
public abstract record DoorEvent(DoorId Door, DateTimeOffset At);

/// <summary>The doorbell was found and understood.</summary>
/// <param name="Name">What people call the link.</param>
/// <param name="Hello">How the doorbell introduced itself.</param>
public sealed record DoorbellFound(DoorId Door, DateTimeOffset At, string Name, HelloPacket? Hello) : DoorEvent(Door, At);

/// <summary>There is no doorbell, or no longer one.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record DoorbellLost(DoorId Door, DateTimeOffset At, LinkFault Fault, string Reason) : DoorEvent(Door, At);

/// <summary>The button was pressed. The chime has been asked for already.</summary>
/// <param name="Press">The device's number of the press.</param>
/// <param name="Boot">The device's number of its start; with the press it names the ring.</param>
public sealed record BellRang(DoorId Door, DateTimeOffset At, int Press, int Boot) : DoorEvent(Door, At);

/// <summary>A frame was looked at.</summary>
/// <param name="Sequence">The device's number of the frame.</param>
/// <param name="ConcealedRows">Rows that were missing and drawn from their neighbours.</param>
/// <param name="Faces">Faces found.</param>
/// <param name="Took">How long that took.</param>
public sealed record FrameLookedAt(DoorId Door, DateTimeOffset At, int Sequence, int ConcealedRows, int Faces,
    TimeSpan Took) : DoorEvent(Door, At);

/// <summary>A frame arrived too damaged to be looked at.</summary>
/// <param name="Sequence">The device's number of the frame, or -1.</param>
/// <param name="Reason">Why, as a sentence with the figures.</param>
public sealed record FrameDamaged(DoorId Door, DateTimeOffset At, int Sequence, string Reason) : DoorEvent(Door, At);

/// <summary>The doorbell remarks on something.</summary>
/// <param name="Text">What.</param>
public sealed record DoorbellRemarked(DoorId Door, DateTimeOffset At, string Text) : DoorEvent(Door, At);

/// <summary>A visit began, was answered, or ended.</summary>
/// <param name="Happened">What, with the visit as it stands; its times are those of the clock on the wall.</param>
/// <param name="Picture">The best picture of the visit so far, or null.</param>
/// <param name="Says">What is said of it aloud, or null.</param>
public sealed record VisitChanged(DoorId Door, DateTimeOffset At, VisitEvent Happened, VisitPicture? Picture,
    Announcement? Says) : DoorEvent(Door, At);

/// <summary>The person of the visit that goes on was removed: what was kept of it must go.</summary>
/// <param name="Visit">The visit without its person.</param>
public sealed record VisitForgotten(DoorId Door, DateTimeOffset At, VisitRecord Visit) : DoorEvent(Door, At);

/// <summary>Other people, or another model, decide from now on.</summary>
/// <param name="Names">Whom the doorbell knows.</param>
/// <param name="Trouble">Why it knows fewer than are enrolled, as a sentence; null when all is well.</param>
public sealed record PeopleChanged(DoorId Door, DateTimeOffset At, IReadOnlyList<string> Names, string? Trouble) : DoorEvent(Door, At);

/// <summary>The chime has begun to sound.</summary>
public sealed record ChimeSounded(DoorId Door, DateTimeOffset At) : DoorEvent(Door, At);

/// <summary>A sentence has begun to sound.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Visit">The visit that it answers, or null.</param>
/// <param name="Latency">Time since the answer was decided; null for a sentence about something else.</param>
public sealed record SentenceSounded(DoorId Door, DateTimeOffset At, string Text, VisitId? Visit, TimeSpan? Latency) : DoorEvent(Door, At);

/// <summary>The door is no longer listened to.</summary>
/// <param name="Link">What went over the line and what was lost.</param>
/// <param name="Counters">What came of frames and visits.</param>
/// <param name="Speech">What came of announcements.</param>
public sealed record DoorClosed(DoorId Door, DateTimeOffset At, LinkStatistics Link, PipelineCounters Counters,
    SpeechCounters Speech) : DoorEvent(Door, At);
