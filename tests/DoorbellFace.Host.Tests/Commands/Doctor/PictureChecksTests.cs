using DoorbellFace.Core.Imaging;
using DoorbellFace.Host.Commands.Doctor;

namespace DoorbellFace.Host.Tests.Commands.Doctor;

public class PictureChecksTests
{
    [Theory]
    [InlineData(DataLineFault.None, new int[0], FindingOutcome.Passed, "as it should")]
    [InlineData(DataLineFault.StuckLow, new[] { 3 }, FindingOutcome.Failed, "data wire D 3 of the camera carries nothing")]
    [InlineData(DataLineFault.StuckLow, new[] { 4, 5, 6 }, FindingOutcome.Failed,
        "data wires D 4, D 5 and D 6 of the camera carry nothing")]
    [InlineData(DataLineFault.StuckHigh, new[] { 0 }, FindingOutcome.Failed, "D 0 of the camera carries the supply")]
    [InlineData(DataLineFault.Swapped, new[] { 0, 1 }, FindingOutcome.Failed, "D 0 and D 1 of the camera have changed places")]
    [InlineData(DataLineFault.Unsteady, new[] { 7 }, FindingOutcome.Failed, "D 7 of the camera is unsteady")]
    [InlineData(DataLineFault.Unknown, new int[0], FindingOutcome.Failed, "not clear which wire")]
    public void The_data_wires(DataLineFault fault, int[] lines, FindingOutcome outcome, string words)
    {
        Finding finding = PictureChecks.Bars(new TestBarsReading(fault, lines, 9));

        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 0, 0, FindingOutcome.Passed, "sound")]
    [InlineData(1000, 1, 0, FindingOutcome.Passed, "sound")]
    [InlineData(1000, 2, 0, FindingOutcome.Warning, "damages a part")]
    [InlineData(1000, 9, 1, FindingOutcome.Failed, "pictures are lost")]
    [InlineData(1000, 0, 1, FindingOutcome.Failed, "parts missing")]
    public void The_cable(long packets, long damaged, long refused, FindingOutcome outcome, string words)
    {
        Finding finding = PictureChecks.Cable(packets, damaged, refused);

        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(120, 30, 220, FindingOutcome.Passed, "neither")]
    [InlineData(3, 1, 9, FindingOutcome.Failed, "black")]
    [InlineData(250, 240, 255, FindingOutcome.Failed, "white")]
    [InlineData(90, 85, 95, FindingOutcome.Failed, "same gray")]
    [InlineData(30, 5, 90, FindingOutcome.Warning, "dark")]
    [InlineData(230, 180, 255, FindingOutcome.Warning, "bright")]
    public void The_light(double mean, int dark, int bright, FindingOutcome outcome, string words)
    {
        Finding finding = PictureChecks.Brightness(new PictureLight(mean, dark, bright));

        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.7, 0.1, 150, FindingOutcome.Passed)]
    [InlineData(0.5, 0.1, 150, FindingOutcome.Failed)]
    [InlineData(0.9, 0.0001, 99, FindingOutcome.Warning)]
    [InlineData(0.9, 0.0001, 100, FindingOutcome.Failed)]
    public void The_focus(double value, double edgePart, int contrast, FindingOutcome outcome) =>
        Assert.Equal(outcome, PictureChecks.Focus(new PictureSharpness(value, edgePart), new PictureLight(120, 50, 50 + contrast)).Outcome);

    [Fact]
    public void What_did_not_come_has_failed()
    {
        Assert.Equal(FindingOutcome.Failed, PictureChecks.Bars(null).Outcome);
        Assert.Equal(FindingOutcome.Failed, PictureChecks.Brightness(null).Outcome);
    }

    [Fact]
    public void The_focus_guide_says_each_frame_and_the_best_one()
    {
        var course = new FocusCourse();
        string[] said = [.. ((double[])[0.30, 0.45, 0.70, 0.69, 0.50]).Select(value => course.Next(new PictureSharpness(value, 0.1)))];

        Assert.Equal(["30.", "45.", "70, sharp.", "69, sharp.", "50. It was 70."], said);
        Assert.Equal("No edges.", course.Next(new PictureSharpness(0, 0)));
    }
}
