namespace DoorbellFace.Core.Link;

/// <summary>What came of trying a serial rate.</summary>
public enum RateVerdict
{
    /// <summary>Nothing was lost: it is in use, or was until a faster one was.</summary>
    Kept,

    /// <summary>Neither end heard the other.</summary>
    NotHeard,

    /// <summary>Some of what was sent did not arrive, or not whole.</summary>
    Lossy,

    /// <summary>The computer's port does not know it.</summary>
    PortCannot,
}

/// <summary>A serial rate that was tried.</summary>
/// <param name="BaudRateBitsPerSecond">The rate.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="TestsArrived">Of the packets that the device sent to judge it by (<see cref="HostCommand.TestPackets"/>), so many arrived;
/// 0 also when it was judged by frames.</param>
public sealed record RateAttempt(int BaudRateBitsPerSecond, RateVerdict Verdict, int TestsArrived);
