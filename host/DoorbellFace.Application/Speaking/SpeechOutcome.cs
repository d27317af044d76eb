namespace DoorbellFace.Application.Speaking;

/// <summary>What became of an announcement. Each one given to the speaker gets exactly one outcome.</summary>
public enum SpeechOutcome
{
    /// <summary>It was spoken to its end.</summary>
    Spoken,

    /// <summary>The same key was spoken within the cool-down.</summary>
    Suppressed,

    /// <summary>A later one with the same key came while it waited, and has taken its place.</summary>
    Replaced,

    /// <summary>Its turn came after it was still so.</summary>
    Stale,

    /// <summary>The queue was full of others more pressing or newer.</summary>
    Overflowed,

    /// <summary>No synthesizer or no output took it.</summary>
    Failed,

    /// <summary>The program ended first.</summary>
    Abandoned,
}

/// <summary>Counts since the start. <see cref="Received"/> is the sum of the seven outcomes and <see cref="Waiting"/>.</summary>
/// <param name="Received">Announcements given to the speaker.</param>
/// <param name="Waiting">Announcements that wait or are being spoken.</param>
/// <param name="Spoken">See <see cref="SpeechOutcome"/>, here and below.</param>
/// <param name="Interruptions">Sentences stopped by the bell, to be spoken again.</param>
/// <param name="Chimes">Times the bell has begun to sound.</param>
/// <param name="ChimesFailed">Times no output took the bell's sound.</param>
public readonly record struct SpeechCounters(
    long Received,
    int Waiting,
    long Spoken,
    long Suppressed,
    long Replaced,
    long Stale,
    long Overflowed,
    long Failed,
    long Abandoned,
    long Interruptions,
    long Chimes,
    long ChimesFailed)
{
    /// <summary>One line for the log.</summary>
    public override string ToString() =>
        $"{Spoken} spoken, {Suppressed} suppressed by cool-down, {Replaced} replaced, {Stale} stale, {Overflowed} overflowed, {Failed} "
        + $"failed, "
        + $"{Abandoned} abandoned, {Waiting} waiting; {Chimes} chimes, {ChimesFailed} failed, {Interruptions} interruptions";
}
