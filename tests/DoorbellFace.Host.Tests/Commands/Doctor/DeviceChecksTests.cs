using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands.Doctor;

namespace DoorbellFace.Host.Tests.Commands.Doctor;

public class DeviceChecksTests
{
    [Theory]
    [InlineData(0b000001, 0b000000, 40, "does not answer", "A 4")]
    [InlineData(0b000001, 0b000000, (int)LogCode.BusLoose, "nothing pulls its control wires up", "4.7 kilo-ohm")]
    [InlineData(0b000001, 0b000000, (int)LogCode.BusHeld, "touches ground", "touch nothing else")]
    [InlineData(0b000011, 0b000001, 41, "not an O V 76 70", "printed on the camera")]
    [InlineData(0b000111, 0b000011, 42, "V sync is missing", "D 9")]
    [InlineData(0b001111, 0b000111, 43, "H ref is missing", "D 10")]
    [InlineData(0b011111, 0b001111, 44, "P clock is missing", "D 8")]
    [InlineData(0b011111, 0b001111, 45, "clock is disturbed", "X C L K")]
    public void A_camera_that_fails_is_told_with_its_wire(int run, int passed, int code, string found, string advice)
    {
        Finding finding =
            DeviceChecks.Sensor(Examination(run, passed, code), [new LogPacket(LogSeverity.Error, (LogCode)code, "the device's words")]);

        Assert.Equal(FindingOutcome.Failed, finding.Outcome);
        Assert.Contains(found, finding.Found, StringComparison.Ordinal);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
        Assert.Contains($"code {code}: the device's words", finding.Detail, StringComparison.Ordinal);
    }

    /// <summary>Wrong bars are the bars' own check: the camera itself works.</summary>
    [Theory]
    [InlineData(0b111111, 0b111111, FindingOutcome.Passed)]
    [InlineData(0b111111, 0b011111, FindingOutcome.Passed)]
    [InlineData(0, 0, FindingOutcome.Failed)]
    public void A_camera_that_works_and_one_that_nobody_examined(int run, int passed, FindingOutcome outcome) =>
        Assert.Equal(outcome, DeviceChecks.Sensor(Examination(run, passed, 2), []).Outcome);

    /// <summary>What the device has measured of a camera that works.</summary>
    [Theory]
    [InlineData(LogCode.Levels, "lines go high to: 61", FindingOutcome.Passed, "61 percent of the supply, which is enough")]
    [InlineData(LogCode.Levels, "lines go high to: 56", FindingOutcome.Passed, "enough for nearly every board")]
    [InlineData(LogCode.Aligned, "alignment found: 2", FindingOutcome.Passed, "begin with another byte than most")]
    [InlineData(LogCode.LevelsLow, "lines go only to: 48", FindingOutcome.Warning, "48 percent of the supply only")]
    [InlineData(LogCode.BusBeyond, "control bus pulled up beyond 3.3 V, as bits: 3", FindingOutcome.Warning, "more than 3.3 volts")]
    [InlineData(LogCode.Watchdog, "the watchdog started it again", FindingOutcome.Warning, "had stopped and was started again")]
    public void What_it_has_measured_is_said(LogCode code, string text, FindingOutcome outcome, string words)
    {
        Finding finding = DeviceChecks.Sensor(Examination(63, 63, (int)code), [new LogPacket(LogSeverity.Warning, code, text)]);

        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_measured_last_counts()
    {
        LogPacket[] remarks =
            [.. new[] { 56, 61 }.Select(percent => new LogPacket(LogSeverity.Warning, LogCode.Levels, $"lines go high to: {percent}"))];
        Assert.Contains("61 percent", DeviceChecks.Sensor(Examination(63, 63, (int)LogCode.Levels), remarks).Found,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_do_not_begin_because_the_lines_are_too_low_are_no_loose_wire()
    {
        Finding finding = DeviceChecks.Sensor(Examination(0b111, 0b11, (int)LogCode.LevelsLow),
            [new LogPacket(LogSeverity.Error, LogCode.LevelsLow, "lines go only to: 48")]);

        Assert.Equal(FindingOutcome.Failed, finding.Outcome);
        Assert.Contains("48 percent", finding.Found, StringComparison.Ordinal);
        Assert.Contains("74 H C T 2 4 5", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_says_nothing_of_its_camera_has_failed() =>
        Assert.Equal(FindingOutcome.Failed, DeviceChecks.Sensor(null, []).Outcome);

    [Theory]
    [InlineData(0, FindingOutcome.NotTried)]
    [InlineData(4100, FindingOutcome.Warning)]
    [InlineData(4900, FindingOutcome.Passed)]
    public void The_supply(int millivolts, FindingOutcome outcome) =>
        Assert.Equal(outcome, DeviceChecks.Supply(Examination(63, 63, 1) with { SupplyMillivolts = millivolts }).Outcome);

    [Theory]
    [InlineData(23, null, FindingOutcome.Failed, "stuck")]
    [InlineData(23, false, FindingOutcome.Failed, "stuck")]
    [InlineData(23, true, FindingOutcome.Passed, "works")]
    [InlineData(21, null, FindingOutcome.Passed, "not stuck")]
    [InlineData(21, false, FindingOutcome.Failed, "No press")]
    [InlineData(21, true, FindingOutcome.Passed, "works")]
    public void The_button(int code, bool? wasPressed, FindingOutcome outcome, string words)
    {
        Finding finding = DeviceChecks.Button(Examination(63, 63, code), wasPressed);

        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);
    }

    private static SelfExamination Examination(int run, int passed, int code) =>
        SelfExamination.Of(new StatusPacket(3, 0, 0, 0, 0, 0, 0, (SensorChecks)run, (SensorChecks)passed, 5000),
            [new LogPacket(LogSeverity.Error, (LogCode)code, "words")]);
}
