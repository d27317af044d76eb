using System.Runtime.CompilerServices;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Checks the settings of people and scenes where they are set, so that the drawing need not.</summary>
internal static class Dials
{
    /// <summary>A dial: -1 (least) over 0 (average) to 1 (most).</summary>
    public static float Dial(float value, [CallerMemberName] string name = "") => Within(value, -1, 1, name);

    /// <summary>A part: 0 (none) to 1 (full).</summary>
    public static float Part(float value, [CallerMemberName] string name = "") => Within(value, 0, 1, name);

    /// <summary>Any range, both ends allowed.</summary>
    public static float Within(float value, float low, float high, [CallerMemberName] string name = "") =>
        value >= low && value <= high
            ? value
            : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be {low} to {high}."));
}
