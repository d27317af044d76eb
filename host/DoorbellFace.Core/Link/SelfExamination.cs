namespace DoorbellFace.Core.Link;

/// <summary>The checks of <see cref="StatusPacket.ChecksRun"/>, in the order in which the device makes them (docs/protocol.md).</summary>
[Flags]
public enum SensorChecks
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The sensor answers on its control bus.</summary>
    Answers = 1,

    /// <summary>It is an OV7670.</summary>
    ProductNumber = 2,

    /// <summary>VSYNC comes.</summary>
    Vsync = 4,

    /// <summary>HREF comes.</summary>
    Href = 8,

    /// <summary>PCLK comes, and rows are as long as they must be.</summary>
    Pclk = 16,

    /// <summary>The test bars arrive as they should.</summary>
    TestBars = 32,
}

/// <summary>What the device found when it examined itself: the first check that failed, and its remarks since its start.</summary>
/// <param name="FailedCheck">The first check that failed; <see cref="SensorChecks.None"/> when none did.</param>
/// <param name="SendsFrames">The sensor is good enough to send frames with; with wrong test bars it is, too.</param>
/// <param name="WasExamined">The device has examined its sensor at all.</param>
/// <param name="Warnings">Its warnings and errors, in order, each once.</param>
/// <param name="SupplyMillivolts">Supply voltage, known to a tenth; 0 when not measured.</param>
public sealed record SelfExamination(SensorChecks FailedCheck, bool SendsFrames, bool WasExamined, IReadOnlyList<LogCode> Warnings,
    int SupplyMillivolts)
{
    /// <summary>
    /// Below this the board and the camera's regulator are out of their range. A Nano on USB has 4.6 V, and the measurement is known to a
    /// tenth only.
    /// </summary>
    public const int LowSupplyMillivolts = 4200;

    private const SensorChecks NeededForFrames =
        SensorChecks.Answers | SensorChecks.ProductNumber | SensorChecks.Vsync | SensorChecks.Href | SensorChecks.Pclk;

    /// <summary>The supply was measured, and is too low.</summary>
    public bool SupplyIsLow => SupplyMillivolts is > 0 and < LowSupplyMillivolts;

    /// <summary>Judges the counters and the remarks of one start.</summary>
    public static SelfExamination Of(StatusPacket status, IEnumerable<LogPacket> remarks)
    {
        SensorChecks run = status.ChecksRun, passed = status.ChecksPassed, failed = run & ~passed;
        return new SelfExamination(
            (SensorChecks)((int)failed & -(int)failed),
            (passed & NeededForFrames) == NeededForFrames,
            run != SensorChecks.None,
            [.. remarks.Where(remark => remark.Severity >= LogSeverity.Warning).Select(remark => remark.Code).Distinct()],
            status.SupplyMillivolts);
    }
}
