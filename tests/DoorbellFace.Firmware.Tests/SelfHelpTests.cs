using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands.Doctor;

namespace DoorbellFace.Firmware.Tests;

/// <summary>What the device measures with its own converter, and how it gets up again when its program stands still.</summary>
public class SelfHelpTests
{
    private const int Baud = 2_000_000, WatchdogBit = 8, EepromNumber = 44;

    /// <summary>How high the camera's lines go and the supply, in millivolts; what is told, and the percentage.</summary>
    public static TheoryData<int, int, LogCode, int> Levels => new()
    {
        { 2800, 5000, LogCode.Levels, 56 }, { 2800, 4600, LogCode.Levels, 60 }, { 3300, 5000, LogCode.Levels, 66 },
        { 2550, 5000, LogCode.LevelsLow, 50 },
        // Below half the supply no signal is seen: told all the same.
        { 2350, 5000, LogCode.LevelsLow, 46 },
    };

    [FirmwareTheory]
    [MemberData(nameof(Levels))]
    public void How_high_the_cameras_lines_go_is_measured(int high, int supply, LogCode code, int percent)
    {
        using Scene scene = Scene.Noise(seed: 71);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), scene, [$"@0 level {high}", $"@0 supply {supply}"]);

        LogPacket log = device.NextLog(code);

        Assert.InRange(log.Number!.Value, percent - 1, percent + 1);
        if (2 * high < supply) Assert.Equal(LogSeverity.Error, device.NextLog(LogCode.NoVsync).Severity);
        else device.NextLog(LogCode.BarsRight);
    }

    /// <summary>A line that never goes high has a remark of its own, and says nothing of the others' levels.</summary>
    [FirmwareFact]
    public void A_dead_line_is_left_out_of_the_measurement()
    {
        using Scene scene = Scene.Noise(seed: 72);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), scene, ["@0 fault stuck-low 2"]);

        Assert.InRange(device.NextLog(LogCode.Levels).Number!.Value, 55, 57);
        Assert.Equal(4, device.NextLog(LogCode.LineLow).Number);
    }

    [FirmwareTheory]
    [InlineData("bus-loose 3", LogCode.BusLoose, 3, "nothing pulls its control wires up")]
    [InlineData("bus-loose 2", LogCode.BusLoose, 2, "nothing pulls its control wires up")]
    [InlineData("bus-grounded 1", LogCode.BusHeld, 1, "one of its control wires touches ground")]
    public void Why_the_control_bus_is_dead_is_told_and_the_doctor_says_what_to_do(string fault, LogCode code, int wires, string words)
    {
        using Scene scene = Scene.Noise(seed: 73);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), scene, [$"@0 fault {fault}"]);

        Assert.Equal(wires, device.NextLog(code).Number);
        device.NextLog(LogCode.NoAnswer);
        StatusPacket status = device.Next<StatusReceived>().Status;
        LogPacket[] remarks = [.. device.Seen.OfType<LogReceived>().Select(log => log.Log)];
        Finding finding = DeviceChecks.Sensor(SelfExamination.Of(status, remarks), remarks);
        Assert.Equal(FindingOutcome.Failed, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);

        device.Do("heal");
        device.NextLog(LogCode.Ready);
    }

    /// <summary>5 V on a bus of 3.3 V works, and wears the camera out.</summary>
    [FirmwareFact]
    public void A_bus_that_is_pulled_up_too_high_is_told()
    {
        using Scene scene = Scene.Noise(seed: 74);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), scene, ["@0 bus-level 5000"]);

        LogPacket log = device.NextLog(LogCode.BusBeyond);
        device.NextLog(LogCode.Ready);
        StatusPacket status = device.Next<StatusReceived>().Status;

        Assert.Equal((3, LogSeverity.Warning), (log.Number!.Value, log.Severity));
        Finding finding = DeviceChecks.Sensor(SelfExamination.Of(status, [log]), [log]);
        Assert.Equal(FindingOutcome.Warning, finding.Outcome);
        Assert.Contains("more than 3.3 volts", finding.Found, StringComparison.Ordinal);
    }

    /// <summary>The clock stands still, so every wait of the program would be for ever. An unheard ring outlives that.</summary>
    [FirmwareFact]
    public void A_program_that_stands_still_is_started_again_and_says_so()
    {
        using Scene scene = Scene.Noise(seed: 75);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), scene,
            ["@0 fault cable-cut", "@3000 press", "@3100 stop-timer 2500", "@3200 heal", "@9000 send A1", "@12000 send 63"], seconds: 16)
        {
            AcknowledgesPresses = false,
        };

        device.ReadToTheEnd();

        HelloPacket hello = device.Seen.OfType<HelloReceived>().Last().Hello;
        Assert.Equal(WatchdogBit, hello.ResetCause);
        Assert.Contains(device.Seen.OfType<LogReceived>(), log => log.Log is { Code: LogCode.Watchdog, Severity: LogSeverity.Warning });
        Assert.All(device.Seen.OfType<BellReceived>(), bell => Assert.Equal(1, bell.Bell.Press));
        Assert.Contains(device.Seen.Skip(device.Seen.FindIndex(IsRestart)), seen => seen is BellReceived);
        Assert.True(device.Seen.OfType<FrameReceived>().Last().Frame.Pixels.Pixels.SequenceEqual(scene.Expected(0)));

        static bool IsRestart(LinkEvent seen) => seen is HelloReceived { Hello.ResetCause: WatchdogBit };
    }

    [FirmwareFact]
    public void While_all_is_well_the_watchdog_never_bites()
    {
        using Scene scene = Scene.Noise(seed: 76);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(500_000), scene,
            [SimulatedDevice.At(100, HostCommand.SetMode(2)), SimulatedDevice.At(200, HostCommand.StreamOn)], seconds: 40);

        device.ReadToTheEnd();

        Assert.Equal(1, Assert.Single(device.Seen.OfType<HelloReceived>()).Hello.ResetCause);
        Assert.NotEmpty(device.Seen.OfType<FrameReceived>());
    }

    [FirmwareFact]
    public void The_number_is_kept_and_a_device_without_one_draws_it()
    {
        string eeprom = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(eeprom, []);
            int drawn = Start(), kept = Start();
            byte[] cells = File.ReadAllBytes(eeprom);
            Assert.InRange(drawn, 1, (1 << 28) - 1);
            Assert.Equal(drawn, kept);
            Assert.All(cells[EepromNumber..(EepromNumber + 4)], cell => Assert.InRange(cell, 0, 127));

            cells[EepromNumber + 3] ^= 1;
            File.WriteAllBytes(eeprom, cells);
            Assert.Equal(drawn ^ 1, Start());
        }
        finally
        {
            File.Delete(eeprom);
        }

        int Start()
        {
            using Scene scene = Scene.Noise(seed: 77);
            using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), scene, eeprom: eeprom);
            int number = device.Next<HelloReceived>().Hello.DeviceNumber;
            device.NextLog(LogCode.Ready);
            device.Finish();
            return number;
        }
    }
}
