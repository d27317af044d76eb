using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Simulation.Tests.VirtualDoorbell;

/// <summary>The virtual doorbell against docs/protocol.md, sentence by sentence.</summary>
public class VirtualDeviceTests
{
    private static readonly VirtualDoorbellOptions Unpaced = new() { IsPaced = false };

    [Fact]
    public void Introduces_itself_once_after_the_start()
    {
        var door = new DeviceUnderTest();
        Assert.Empty(door.Pass(TimeSpan.FromMilliseconds(299)));
        HelloPacket hello = Assert.IsType<HelloReceived>(Assert.Single(door.Pass(TimeSpan.FromSeconds(3)))).Hello;
        Assert.Equal((1, 2, BoardKind.Virtual, 1, 1),
            (hello.ProtocolMajor, hello.ProtocolMinor, hello.Board, hello.Boot, hello.ResetCause));
        Assert.Equal((0, 320, 240, 0, 0x88, 1_000_000),
            (hello.Mode, hello.Width, hello.Height, hello.Format, hello.Clkrc, hello.BaudRateBitsPerSecond));
    }

    [Fact]
    public void Is_deaf_until_it_has_started()
    {
        var door = new DeviceUnderTest();
        door.Send(HostCommand.Capture);
        Assert.Equal(0, door.Device.Press().Press);
        Assert.IsType<HelloReceived>(Assert.Single(door.Pass(TimeSpan.FromSeconds(3))));
    }

    [Fact]
    public void Sends_its_status_every_five_seconds_while_idle()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        List<LinkEvent> events = door.Pass(TimeSpan.FromSeconds(16));
        Assert.Equal(3, events.Count);
        Assert.All(events, linkEvent => Assert.IsType<StatusReceived>(linkEvent));
        Assert.Equal(15, ((StatusReceived)events[2]).Status.UptimeSeconds);
    }

    [Fact]
    public void Answers_every_command_with_an_ack()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        HostCommand[] commands =
        [
            HostCommand.Hello, HostCommand.StreamOn, HostCommand.StreamOff, HostCommand.TestBarsOn, HostCommand.TestBarsOff,
            HostCommand.Status, HostCommand.Capture, HostCommand.SetMode(3), HostCommand.BellAck(5),
        ];
        foreach (HostCommand command in commands)
        {
            door.Send(command);
            var ack = Assert.IsType<CommandAcknowledged>(door.Take()[0]);
            Assert.Equal(new AckPacket(command.Code, AckResult.Done), ack.Ack);
        }
    }

    [Fact]
    public void Hello_and_status_come_when_asked_for()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Send(HostCommand.Hello, HostCommand.Status);
        Assert.Equal(
            [typeof(CommandAcknowledged), typeof(HelloReceived), typeof(CommandAcknowledged), typeof(StatusReceived)],
            door.Take().Select(linkEvent => linkEvent.GetType()));
    }

    [Fact]
    public void Does_not_know_modes_it_does_not_have()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Send(HostCommand.SetMode(5));
        Assert.Equal(new AckPacket('5', AckResult.NotSupported), Assert.IsType<CommandAcknowledged>(Assert.Single(door.Take())).Ack);
    }

    [Fact]
    public void Counts_bytes_with_wrong_parity_and_unknown_ones_and_does_nothing()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Device.Receive([(byte)'h', (byte)'z', 0x00, 0xE3]);
        Assert.Empty(door.Take());
        Assert.Equal(4, door.Device.CommandsIgnored);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_captured_frame_is_the_scene(int mode)
    {
        SensorMode sensor = SensorMode.All[mode];
        PixelBuffer picture = TestPictures.Random(sensor.Width, sensor.Height, 3, PixelFormat.Rgb24);
        byte[] expected = TestPictures.AsSent(new VirtualSensor(0, 0, 1).Capture(picture, sensor));
        DeviceUnderTest door = new DeviceUnderTest(Unpaced, () => picture).Started();
        door.Send(HostCommand.SetMode(mode), HostCommand.Capture);
        FrameReceived frame = Assert.Single(door.Take().OfType<FrameReceived>());
        Assert.Equal(expected, frame.Frame.Pixels.Pixels.ToArray());
        Assert.Equal(FrameTrigger.Request, frame.Trigger);
        Assert.Equal(sensor.Height, frame.End!.Value.RowsSent);
        Assert.Empty(door.Take());
    }

    /// <summary>Whenever the button is pressed: the sensor is somewhere in its frame, and the rows before it follow.</summary>
    [Theory]
    [InlineData(1, 4, 500)]
    [InlineData(0, 0, 1800)]
    public void The_first_picture_of_a_press_takes_a_frames_time_and_before_protocol_1_1_up_to_two(
        int minor, int mode, int mostMilliseconds)
    {
        int slowest = 0;
        for (int wait = 0; wait < 1000; wait += 130)
        {
            DeviceUnderTest door = new DeviceUnderTest(new VirtualDoorbellOptions { ProtocolMinor = minor }).Started();
            door.Send(HostCommand.SetMode(mode));
            door.Pass(TimeSpan.FromMilliseconds(wait));
            door.Device.Press();
            List<LinkEvent> events = [];
            int milliseconds = 0;
            for (; !events.OfType<FrameReceived>().Any(); milliseconds++) events = door.Pass(TimeSpan.FromMilliseconds(1));
            Assert.Empty(events.OfType<FrameReceived>().Single().Frame.ConcealedRows);
            slowest = Math.Max(slowest, milliseconds);
        }
        // A row more is on the wire.
        Assert.InRange(slowest, mostMilliseconds * 9 / 10, mostMilliseconds + 10);
    }

    /// <summary>The host stops a run when it knows enough, mostly while the sensor is between two frames.</summary>
    [Fact]
    public void After_a_run_that_was_stopped_between_two_frames_the_next_begins_at_once_again()
    {
        var options = new VirtualDoorbellOptions();
        TimeSpan period = SensorMode.All[4].FramePeriod(options.BaudRateBitsPerSecond);
        DeviceUnderTest door = new DeviceUnderTest(options).Started();
        door.Send(HostCommand.SetMode(4));
        door.Device.Press();
        List<LinkEvent> events = [];
        for (int frames = 0; frames < 3; frames += events.OfType<FrameReceived>().Count()) events = door.Pass(TimeSpan.FromMilliseconds(1));
        door.Send(HostCommand.StreamOff);
        door.Pass(period / 3);
        door.Device.Press();
        Assert.Single(door.Pass(period + TimeSpan.FromMilliseconds(10)).OfType<FrameReceived>());
    }

    [Fact]
    public void Streams_at_the_sensors_pace_until_stopped_and_ends_the_frame_being_sent()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Send(HostCommand.StreamOn);
        List<LinkEvent> first = door.Pass(TimeSpan.FromSeconds(9.5));
        Assert.InRange(first.OfType<FrameReceived>().Count(), 9, 10);
        Assert.All(first.OfType<FrameReceived>(), frame => Assert.Equal(FrameTrigger.Stream, frame.Trigger));
        Assert.Empty(first.OfType<StatusReceived>());
        door.Send(HostCommand.StreamOff);
        Assert.InRange(door.Pass(TimeSpan.FromSeconds(4)).OfType<FrameReceived>().Count(), 0, 1);
        Assert.Equal(0, door.Statistics.RowsMissing);
    }

    [Fact]
    public void A_press_is_told_at_once_and_every_100_ms_until_acknowledged()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        Assert.Equal((1, 1), door.Device.Press());
        Assert.True(Assert.IsType<BellReceived>(door.Take()[0]).IsNew);
        Assert.Equal(10, door.Pass(TimeSpan.FromSeconds(1)).OfType<BellReceived>().Count());
        door.Send(HostCommand.BellAck(2));
        Assert.Equal(10, door.Pass(TimeSpan.FromSeconds(1)).OfType<BellReceived>().Count());
        door.Send(HostCommand.BellAck(1));
        Assert.Empty(door.Pass(TimeSpan.FromSeconds(1)).OfType<BellReceived>());
    }

    [Fact]
    public void A_press_during_a_frame_goes_between_two_rows()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Send(HostCommand.Capture);
        door.Pass(TimeSpan.FromMilliseconds(1000));
        door.Device.Press();
        Assert.IsType<BellReceived>(door.Take()[0]);
        door.Pass(TimeSpan.FromSeconds(2));
        Assert.True(door.Statistics.FramesWhole > 0);
        Assert.Equal(0, door.Statistics.RowsMissing);
    }

    [Fact]
    public void A_press_starts_a_run_of_eight_frames_and_leaves_the_stream_alone()
    {
        DeviceUnderTest door = new DeviceUnderTest(Unpaced).Started();
        door.Device.Press();
        door.Send(HostCommand.BellAck(1));
        Assert.Equal(Enumerable.Repeat(FrameTrigger.Bell, 8), door.Take().OfType<FrameReceived>().Select(frame => frame.Trigger));

        DeviceUnderTest streaming = new DeviceUnderTest().Started();
        streaming.Send(HostCommand.StreamOn);
        streaming.Device.Press();
        FrameTrigger[] triggers = [.. streaming.Pass(TimeSpan.FromSeconds(11)).OfType<FrameReceived>().Select(frame => frame.Trigger)];
        Assert.Equal(Enumerable.Repeat(FrameTrigger.Bell, 8), triggers[..8]);
        Assert.Equal(FrameTrigger.Stream, triggers[8]);
    }

    [Fact]
    public void Stop_ends_a_run()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Device.Press();
        door.Pass(TimeSpan.FromSeconds(1.5));
        door.Send(HostCommand.StreamOff);
        door.Pass(TimeSpan.FromSeconds(10));
        Assert.InRange(door.Statistics.FramesWhole, 1, 3);
    }

    [Fact]
    public void Two_presses_before_an_acknowledgement_tell_the_newest()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Device.Press();
        door.Device.Press();
        Assert.Equal(2, Assert.IsType<BellReceived>(door.Take()[0]).Bell.Press);
    }

    [Fact]
    public void Test_bars_are_shown_and_told()
    {
        DeviceUnderTest door = new DeviceUnderTest(Unpaced).Started();
        door.Send(HostCommand.TestBarsOn, HostCommand.Capture);
        FrameReceived bars = Assert.Single(door.Take().OfType<FrameReceived>());
        Assert.True(bars.ShowsTestBars);
        Assert.Equal(TestPictures.AsSent(TestBars.Draw(320, 240, PixelFormat.Gray8)), bars.Frame.Pixels.Pixels.ToArray());
        door.Send(HostCommand.TestBarsOff, HostCommand.Capture);
        Assert.False(Assert.Single(door.Take().OfType<FrameReceived>()).ShowsTestBars);
    }

    [Fact]
    public void A_reset_counts_the_start_and_begins_all_numbers_again()
    {
        DeviceUnderTest door = new DeviceUnderTest(Unpaced with { FirstBoot = 127 }).Started();
        door.Device.Press();
        door.Take();
        door.Send(HostCommand.Reset);
        List<LinkEvent> events = [.. door.Take(), .. door.Pass(TimeSpan.FromSeconds(2))];
        Assert.Equal(new AckPacket('r', AckResult.Done), Assert.IsType<CommandAcknowledged>(events[0]).Ack);
        Assert.Equal(0, Assert.IsType<HelloReceived>(events[1]).Hello.Boot);
        Assert.Equal(2, events.Count);
        Assert.Equal((0, 1), door.Device.Press());
        Assert.Equal(0, door.Take().OfType<FrameReceived>().First().Frame.Sequence);
    }

    [Fact]
    public void Numbers_of_frames_and_presses_go_round()
    {
        DeviceUnderTest door = new DeviceUnderTest(new VirtualDoorbellOptions { FramesPerPress = 0 }).Started();
        for (int press = 1; press <= 16383; press++) Assert.Equal(press, door.Device.Press().Press);
        Assert.Equal(1, door.Device.Press().Press);
    }

    [Fact]
    public void Who_wants_too_much_is_told_that_it_is_busy()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Send([.. Enumerable.Repeat(HostCommand.Capture, 18)]);
        Assert.Equal(2, door.Take().OfType<CommandAcknowledged>().Count(ack => ack.Ack.Result == AckResult.Busy));
    }

    [Fact]
    public void Remarks_are_sent()
    {
        DeviceUnderTest door = new DeviceUnderTest().Started();
        door.Device.Log(LogSeverity.Warning, LogCode.NoVsync, "no VSYNC");
        Assert.Equal(new LogPacket(LogSeverity.Warning, LogCode.NoVsync, "no VSYNC"),
            Assert.IsType<LogReceived>(Assert.Single(door.Take())).Log);
    }
}
