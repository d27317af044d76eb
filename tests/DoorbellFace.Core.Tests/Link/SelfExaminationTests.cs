using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

public class SelfExaminationTests
{
    [Theory]
    [InlineData(0b111111, 0b111111, SensorChecks.None, true)]
    [InlineData(0b000001, 0b000000, SensorChecks.Answers, false)]
    [InlineData(0b000011, 0b000001, SensorChecks.ProductNumber, false)]
    [InlineData(0b000111, 0b000011, SensorChecks.Vsync, false)]
    [InlineData(0b001111, 0b000111, SensorChecks.Href, false)]
    [InlineData(0b011111, 0b001111, SensorChecks.Pclk, false)]
    [InlineData(0b111111, 0b011111, SensorChecks.TestBars, true)]
    [InlineData(0b000000, 0b000000, SensorChecks.None, false)]
    public void The_first_check_that_failed_is_told(int run, int passed, SensorChecks failed, bool sendsFrames)
    {
        var examination = SelfExamination.Of(Status(run, passed), []);

        Assert.Equal((failed, sendsFrames, run != 0), (examination.FailedCheck, examination.SendsFrames, examination.WasExamined));
    }

    [Fact]
    public void Warnings_and_errors_are_kept_once_and_in_order()
    {
        LogPacket[] remarks = 
        [
            new(LogSeverity.Information, LogCode.BarsRight, "fine"), new(LogSeverity.Error, LogCode.NoAnswer, "no answer"),
            new(LogSeverity.Warning, LogCode.ButtonStuck, "stuck"), new(LogSeverity.Error, LogCode.NoAnswer, "no answer"),
        ];

        Assert.Equal([LogCode.NoAnswer, LogCode.ButtonStuck], SelfExamination.Of(Status(1, 0), remarks).Warnings);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(4199, true)]
    [InlineData(4200, false)]
    public void A_measured_supply_below_4_2_volts_is_low(int millivolts, bool isLow) =>
        Assert.Equal(isLow, SelfExamination.Of(Status(0, 0) with { SupplyMillivolts = millivolts }, []).SupplyIsLow);

    private static StatusPacket Status(int run, int passed) => new(1, 0, 0, 0, 0, 0, 0, (SensorChecks)run, (SensorChecks)passed, 5000);
}
