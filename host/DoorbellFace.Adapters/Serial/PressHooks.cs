using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>What is done with a press before it goes into any queue; see <see cref="Application.Doors.IDoorLink"/>.</summary>
internal sealed class PressHooks
{
    public Action<BellReceived>? Heard { get; set; }

    public Func<BellReceived, Task>? Keep { get; set; }
}
