using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Testing;

/// <summary>
/// A stranger for tests in which nobody must be mistaken. Drawn people are more alike than real ones: to the backbone most of them "may
/// be" one of the family, and the family's own Clara looks like Anna. This one was looked for among a hundred; another backbone may need
/// another.
/// </summary>
public static class UnlikeFamily
{
    /// <summary>How they look.</summary>
    public static DrawnPerson Stranger { get; } = DrawnStrangers.Visitor(7);
}
