using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Visits;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Screens;

/// <summary>Door events as JSON, one object a line. docs/events.md gives the schema of each, and a test holds both to it.</summary>
internal static class EventLines
{
    /// <summary>Writes an event to standard output; an event that programs are not told of writes nothing.</summary>
    public static void Write(DoorEvent happened)
    {
        switch (happened)
        {
            case DoorbellFound found:
                Screen.WriteJsonLine(new { @event = "link_up", found.At, found.Door, found.Name, found.Hello });
                break;
            case DoorbellLost lost:
                Screen.WriteJsonLine(new { @event = "link_down", lost.At, lost.Door, lost.Fault, lost.Reason });
                break;
            case BellRang bell:
                Screen.WriteJsonLine(new { @event = "bell", bell.At, bell.Door, bell.Press, bell.Boot });
                break;
            case FrameLookedAt frame:
                Screen.WriteJsonLine(
                    new { @event = "frame", frame.At, frame.Door, frame.Sequence, concealed_rows = frame.ConcealedRows, frame.Faces,
                        ms = frame.Took.TotalMilliseconds });
                break;
            case FrameDamaged damaged:
                Screen.WriteJsonLine(new { @event = "frame_refused", damaged.At, damaged.Door, damaged.Sequence, damaged.Reason });
                break;
            case DoorbellRemarked remark:
                Screen.WriteJsonLine(new { @event = "remark", remark.At, remark.Door, remark.Text });
                break;
            case VisitChanged changed:
                Screen.WriteJsonLine(
                    new { @event = NameOf(changed.Happened), changed.At, changed.Door, changed.Happened.Visit, says = changed.Says?.Text });
                break;
            case VisitForgotten forgotten:
                Screen.WriteJsonLine(new { @event = "visit_forgotten", forgotten.At, forgotten.Door, visit = forgotten.Visit.Id });
                break;
            case PeopleChanged people:
                Screen.WriteJsonLine(new { @event = "people_changed", people.At, people.Door, people.Names, people.Trouble });
                break;
            case ChimeSounded chime:
                Screen.WriteJsonLine(new { @event = "chime_started", chime.At, chime.Door });
                break;
            case SentenceSounded sentence:
                Screen.WriteJsonLine(
                    new { @event = "speech_started", sentence.At, sentence.Door, sentence.Text, sentence.Visit,
                        latency_ms = sentence.Latency?.TotalMilliseconds });
                break;
            case DoorClosed closed:
                Screen.WriteJsonLine(new { @event = "end", closed.At, closed.Door, closed.Link, closed.Counters, closed.Speech });
                break;
            default:
                break;
        }
    }

    private static string NameOf(VisitEvent visitEvent) => visitEvent switch
    {
        VisitStarted => "visit_started",
        VisitorRangAgain => "rang_again",
        VisitorIdentified => "visitor_identified",
        _ => "visit_ended",
    };
}
