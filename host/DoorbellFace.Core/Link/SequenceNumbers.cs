namespace DoorbellFace.Core.Link;

/// <summary>Numbers that go round: frames 0 to 16383, presses 1 to 16383.</summary>
internal static class SequenceNumbers
{
    /// <summary>How many different frame numbers there are.</summary>
    public const int Frames = 16384;

    /// <summary>How many different press numbers there are.</summary>
    public const int Presses = 16383;

    /// <summary>A greater gap is no gap but a device that began again without being heard.</summary>
    private const int GreatestGap = 1024;

    /// <summary>Numbers left out between two; 0 when they lie so far apart that nothing can be said.</summary>
    public static int Skipped(int previous, int next, int count)
    {
        int skipped = (((next - previous - 1) % count) + count) % count;
        return skipped <= GreatestGap ? skipped : 0;
    }
}
