using DoorbellFace.Application.Doors;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Screens;

/// <summary>Door events as JSON, one object a line.</summary>
internal static class EventLines
{
    /// <summary>Writes an event to standard output; an event that programs are not told of writes nothing.</summary>
    public static void Write(DoorEvent happened)
    {
        if (EventShape.Of(happened) is { } shape) Screen.WriteJsonLine(shape);
    }
}
