using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// Door events as programs are told of them, whoever tells: objects to be written as JSON with names in snake_case. docs/events.md gives
/// the fields of each, and a test holds both to it.
/// </summary>
public static class EventShape
{
    /// <summary>An event's name for programs; null when they are not told of it.</summary>
    public static string? NameOf(DoorEvent happened) => happened switch
    {
        DoorbellFound => "link_up",
        DoorbellLost => "link_down",
        BellRang => "bell",
        FrameLookedAt => "frame",
        FrameDamaged => "frame_refused",
        DoorbellRemarked => "remark",
        VisitChanged { Happened: VisitStarted } => "visit_started",
        VisitChanged { Happened: VisitorRangAgain } => "rang_again",
        VisitChanged { Happened: VisitorIdentified } => "visitor_identified",
        VisitChanged => "visit_ended",
        VisitForgotten => "visit_forgotten",
        PeopleChanged => "people_changed",
        ChimeSounded => "chime_started",
        SentenceSounded => "speech_started",
        DoorClosed => "end",
        _ => null,
    };

    /// <summary>The event with its fields; null when programs are not told of it.</summary>
    public static object? Of(DoorEvent happened)
    {
        string? name = NameOf(happened);
        return happened switch
        {
            DoorbellFound found => new { @event = name, found.At, found.Door, found.Name, found.Hello },
            DoorbellLost lost => new { @event = name, lost.At, lost.Door, lost.Fault, lost.Reason },
            BellRang bell => new { @event = name, bell.At, bell.Door, bell.Press, bell.Boot },
            FrameLookedAt frame => new
            {
                @event = name, frame.At, frame.Door, frame.Sequence, concealed_rows = frame.ConcealedRows, frame.Faces,
                ms = frame.Took.TotalMilliseconds,
            },
            FrameDamaged damaged => new { @event = name, damaged.At, damaged.Door, damaged.Sequence, damaged.Reason },
            DoorbellRemarked remark => new { @event = name, remark.At, remark.Door, remark.Text },
            VisitChanged changed => new { @event = name, changed.At, changed.Door, changed.Happened.Visit, says = changed.Says?.Text },
            VisitForgotten forgotten => new { @event = name, forgotten.At, forgotten.Door, visit = forgotten.Visit.Id },
            PeopleChanged people => new { @event = name, people.At, people.Door, people.Names, people.Trouble },
            ChimeSounded chime => new { @event = name, chime.At, chime.Door },
            SentenceSounded sentence => new
            {
                @event = name, sentence.At, sentence.Door, sentence.Text, sentence.Visit,
                latency_ms = sentence.Latency?.TotalMilliseconds,
            },
            DoorClosed closed => new { @event = name, closed.At, closed.Door, closed.Link, closed.Counters, closed.Speech },
            _ => null,
        };
    }
}
