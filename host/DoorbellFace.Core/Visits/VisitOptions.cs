namespace DoorbellFace.Core.Visits;

/// <summary>How long a visit is waited on.</summary>
public sealed record VisitOptions
{
    /// <summary>
    /// Frames after which an answer is given at the latest: 6 by default, about 5 seconds of the bell's own run of frames.
    /// </summary>
    public int MaxFrames { get; init; } = 6;

    /// <summary>
    /// Frames in a row, too dark or hidden to show a face, after which that is the answer: 2 by default, within 3 seconds of the ring. One
    /// alone may be the camera's first, whose exposure has not settled.
    /// </summary>
    public int UnlitFrames { get; init; } = 2;

    /// <summary>Time from the ring to an answer at the latest: 8 seconds by default. It matters when pictures do not come.</summary>
    public TimeSpan DecideWithin { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>A visit ends when neither ring nor face has come for so long: 15 seconds by default.</summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A press so soon after the answer is the same visitor's impatience; a later one begins a new visit: 4 seconds by default. An answer
    /// without a face makes no such pause.
    /// </summary>
    public TimeSpan ImpatienceTime { get; init; } = TimeSpan.FromSeconds(4);
}
