using System.Globalization;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>What the doorbell has found out about itself, in words and with advice (docs/log-codes.csv lists the codes).</summary>
internal static class DeviceChecks
{
    /// <summary>The camera and its wires.</summary>
    /// <param name="examination">What the device says; null when it did not say it.</param>
    /// <param name="remarks">Its remarks, for the eye.</param>
    public static Finding Sensor(SelfExamination? examination, IReadOnlyList<LogPacket> remarks)
    {
        string? detail = remarks.Count == 0
            ? null
            : string.Join('\n',
                remarks.Select(remark => string.Create(CultureInfo.InvariantCulture, $"code {(int)remark.Code}: {remark.Text}")));
        if (examination is null || !examination.WasExamined)
            return Finding.Fail(Checks.Sensor, "The doorbell did not say how its camera is.",
                "Pull its USB cable, plug it in again, and try again.", detail);
        if (examination.SendsFrames && LevelsTooLow(remarks) is { } low) return Finding.Warn(Checks.Sensor, low, BufferAdvice, detail);
        if (examination.SendsFrames && examination.Warnings.Contains(LogCode.BusBeyond))
            return Finding.Warn(Checks.Sensor, "The camera answers, but its control wires are pulled up to more than 3.3 volts.",
                "The two resistors of 4.7 kilo-ohm go to the pin 3 V 3, never to 5 V: that wears the camera out.", detail);
        if (examination.SendsFrames && examination.Warnings.Contains(LogCode.Watchdog))
            return Finding.Warn(Checks.Sensor, "The camera is well, but the doorbell's program had stopped and was started again.",
                "Once is nothing. If I say it again, use a shorter or thicker USB cable, or tell the makers.", detail);
        if (examination.SendsFrames)
        {
            string aligned = remarks.Any(remark => remark.Code == LogCode.Aligned)
                ? " Its rows begin with another byte than most cameras', and the doorbell has set itself to that."
                : "";
            return Finding.Pass(Checks.Sensor, "The camera answers, and its clock and its signals come." + aligned + Levels(remarks),
                detail);
        }
        (string found, string advice) = examination.FailedCheck switch
        {
            SensorChecks.Answers when examination.Warnings.Contains(LogCode.BusLoose) => (
                "The camera does not answer, because nothing pulls its control wires up.",
                "Put a resistor of 4.7 kilo-ohm from A 4 of the board to the pin 3 V 3, and another from A 5; push them in firmly if they "
                + "are there."),
            SensorChecks.Answers when examination.Warnings.Contains(LogCode.BusHeld) => (
                "The camera does not answer, because one of its control wires touches ground.",
                "Unplug the doorbell and look or feel where the wires at A 4 and A 5 of the board go; they are S I O D and S I O C of the "
                + "camera, and touch nothing else."),
            SensorChecks.Answers => (
                "The camera does not answer.",
                "Unplug the doorbell and check these wires: S I O D of the camera to A 4 of the board, S I O C to A 5, and that they are "
                + "not exchanged; a resistor of 4.7 kilo-ohm from each of the two to 3.3 volts; X C L K to D 11; RESET to 3.3 volts; P W D "
                + "N to ground; and the camera's supply, 3.3 volts and ground."),
            SensorChecks.ProductNumber => (
                "A camera answers, but it is not an O V 76 70, or its answer arrives damaged.",
                "Read what is printed on the camera. If it is the right one, make the two wires S I O D and S I O C shorter, and check "
                + "their resistors to 3.3 volts."),
            SensorChecks.Vsync when LevelsTooLow(remarks) is { } tooLow => (tooLow, BufferAdvice),
            SensorChecks.Vsync =>
                ("The camera answers, but sends no pictures: V sync is missing.",
                    "Check the wire from V SYNC of the camera to D 9 of the board."),
            SensorChecks.Href =>
                ("The camera begins pictures, but sends no rows: H ref is missing.",
                    "Check the wire from H REF of the camera to D 10 of the board."),
            SensorChecks.Pclk when examination.Warnings.Contains(LogCode.RowTime) => (
                "The camera's rows are longer or shorter than they must be: its clock is disturbed.",
                "Make the wire from D 11 to X C L K shorter, put its two resistors at the camera's end, and lay a ground wire beside it."),
            SensorChecks.Pclk =>
                ("The camera sends rows without pixels: P clock is missing.",
                    "Check the wire from P C L K of the camera to D 8 of the board."),
            _ => ("The camera does not work.", "Check all its wires against the wiring table."),
        };
        return Finding.Fail(Checks.Sensor, found, advice, detail);
    }

    private const string BufferAdvice =
        "Put a buffer of the kind 74 H C T 2 4 5 between the camera's lines and the board, or use an Arduino Nano, which is content with "
        + "less.";

    /// <summary>How high the camera's lines go, as a sentence; empty when the doorbell has not measured it.</summary>
    private static string Levels(IReadOnlyList<LogPacket> remarks)
    {
        const int Promised = 60;
        return NumberOf(LogCode.Levels, remarks) switch
        {
            null => "",
            >= Promised and var percent => Invariant($" Its lines go up to {percent} percent of the supply, which is enough for certain."),
            { } percent => Invariant(
                $" Its lines go up to {percent} percent of the supply: that is enough for nearly every board, and {Promised} is promised."),
        };
    }

    private static string? LevelsTooLow(IReadOnlyList<LogPacket> remarks) =>
        NumberOf(LogCode.LevelsLow, remarks) is { } percent
            ? Invariant($"The camera's lines go up to {percent} percent of the supply only: that is not read safely.")
            : null;

    private static int? NumberOf(LogCode code, IReadOnlyList<LogPacket> remarks) =>
        remarks.Where(remark => remark.Code == code).Select(remark => remark.Number).LastOrDefault();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The supply voltage.</summary>
    public static Finding Supply(SelfExamination examination)
    {
        string detail = string.Create(CultureInfo.InvariantCulture, $"{examination.SupplyMillivolts / 1000.0:0.0} V, to a tenth");
        if (examination.SupplyMillivolts == 0)
            return new Finding(Checks.Supply, FindingOutcome.NotTried, "The doorbell does not measure its supply.");
        return examination.SupplyIsLow
            ? Finding.Warn(Checks.Supply, "The doorbell's supply is too low.",
                "Use a shorter or thicker USB cable, and no hub without a supply of its own.", detail)
            : Finding.Pass(Checks.Supply, "The supply voltage is fine.", detail);
    }

    /// <summary>The bell's button.</summary>
    /// <param name="examination">What the device says.</param>
    /// <param name="wasPressed">A press came during the examination; null when nobody was asked to press.</param>
    public static Finding Button(SelfExamination examination, bool? wasPressed)
    {
        if (examination.Warnings.Contains(LogCode.ButtonStuck) && wasPressed != true)
            return Finding.Fail(Checks.Button, "The bell's button is stuck, or its wires touch each other.",
                "Free the button, or part its wires. It does not ring until it has been open.");
        return wasPressed switch
        {
            true => Finding.Pass(Checks.Button, "The bell's button works."),
            false =>
                Finding.Fail(Checks.Button, "No press of the bell's button came.",
                    "Check the button's two wires: one to D 2 of the board, through its resistor, the other to ground."),
            null => Finding.Pass(Checks.Button, "The bell's button is not stuck.", "With --press you are asked to press it."),
        };
    }
}
