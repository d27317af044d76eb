using System.Threading.Channels;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Adapters.Tests.Serial;

/// <summary>The whole link on a real pseudo-terminal: System.IO.Ports at one end, the virtual doorbell at the other.</summary>
public class DoorbellLinkTests
{
    [Fact]
    public async Task Frames_arrive_byte_for_byte()
    {
        PixelBuffer[] pictures = [.. Enumerable.Range(1, 3).Select(seed => TestPictures.Random(320, 240, seed))];
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, Scenes.Cycle(pictures));
        await using var link = new LinkUnderTest(door.Terminal.PortPath);
        LinkUp up = await link.NextAsync<LinkUp>();
        Assert.Equal(BoardKind.Virtual, up.Hello!.Value.Board);
        Assert.Equal($"{door.Terminal.PortPath} at 1,000,000 bit/s", up.Name);
        door.Device.Press();
        Assert.Equal(new BellPacket(1, 1), (await link.NextAsync<BellReceived>()).Bell);
        for (int i = 0; i < 8; i++)
        {
            FrameReceived received = await link.NextAsync<FrameReceived>();
            Assert.True(i == received.Frame.Sequence,
                $"{received.Frame.Sequence}, not {i}; {link.Link.Statistics}; {link.Link.Counters}; {door.Terminal.BytesLost} bytes lost");
            Assert.Equal(FrameTrigger.Bell, received.Trigger);
            Assert.Equal(TestPictures.AsSent(pictures[i % 3]), received.Frame.Pixels.Pixels.ToArray());
        }
        LinkStatistics statistics = link.Link.Statistics;
        Assert.Equal((0, 0, 8), (statistics.CrcFailures, statistics.RowsMissing, statistics.FramesWhole));
    }

    [Fact]
    public async Task Commands_are_answered()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Scenes.EmptyPorch);
        await using var link = new LinkUnderTest(door.Terminal.PortPath);
        await link.NextAsync<LinkUp>();
        Assert.True(await link.Link.SendAsync(HostCommand.SetMode(1), CancellationToken.None));
        Assert.False(await link.Link.SendAsync(HostCommand.SetMode(7), CancellationToken.None));
        Assert.True(await link.Link.SendAsync(HostCommand.Capture, CancellationToken.None));
        FrameReceived frame = await link.NextAsync<FrameReceived>();
        Assert.Equal((160, 120, FrameTrigger.Request), (frame.Frame.Pixels.Width, frame.Frame.Pixels.Height, frame.Trigger));
        Assert.True(await link.Link.SendAsync(HostCommand.Status, CancellationToken.None));
        Assert.Equal(1, (await link.NextAsync<StatusReceived>()).Status.Frames);
    }

    [Fact]
    public async Task A_ring_is_acknowledged()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { FramesPerPress = 0 }, () => Scenes.EmptyPorch);
        var acknowledged = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        door.Device.PressAcknowledged += (_, press) => acknowledged.TrySetResult(press);
        await using var link = new LinkUnderTest(door.Terminal.PortPath);
        await link.NextAsync<LinkUp>();
        door.Device.Press();
        Assert.Equal(1, await acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_ring_before_anybody_listened_is_heard()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { FramesPerPress = 0 }, () => Scenes.EmptyPorch);
        while (door.Device.Press().Press == 0) await Task.Yield();
        await using var link = new LinkUnderTest(door.Terminal.PortPath);
        await link.NextAsync<LinkUp>();
        Assert.True((await link.NextAsync<BellReceived>()).IsNew);
    }

    [Theory]
    [InlineData(500_000)]
    [InlineData(2_000_000)]
    public async Task The_speed_is_found(int baudRate)
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { BaudRateBitsPerSecond = baudRate }, () =>
                TestPictures.Random(320, 240, 1));
        await using var link =
            new LinkUnderTest(LinkUnderTest.Impatient(door.Terminal.PortPath) with { HelloAnswer = TimeSpan.FromMilliseconds(250) });
        LinkUp up = await link.NextAsync<LinkUp>();
        Assert.Equal(baudRate, up.Hello!.Value.BaudRateBitsPerSecond);
        Assert.Equal(baudRate, door.Terminal.HostBaudRateBitsPerSecond);
        Assert.True(await link.Link.SendAsync(HostCommand.Capture, CancellationToken.None));
        Assert.Equal(TestPictures.AsSent(TestPictures.Random(320, 240, 1)),
            (await link.NextAsync<FrameReceived>()).Frame.Pixels.Pixels.ToArray());
    }

    [Fact]
    public async Task Opening_the_port_resets_the_board_and_its_hello_is_enough()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { StartTime = TimeSpan.FromMilliseconds(100) },
                () => Scenes.EmptyPorch, resetsOnOpening: true);
        await using var link =
            new LinkUnderTest(
                DoorbellLinkOptions.ForPort(door.Terminal.PortPath) with { HelloWait = TimeSpan.FromSeconds(20),
                    AsksForFasterMode = false });
        LinkUp up = await link.NextAsync<LinkUp>();
        Assert.Equal((2, 1 << 1), (up.Hello!.Value.Boot, up.Hello.Value.ResetCause));
        Assert.Equal(0, link.Link.Counters.CommandsSent);
    }

    [Fact]
    public async Task The_cable_goes_and_comes()
    {
        using var folder = new TemporaryFolder();
        string port = folder["doorbell"];
        await using var link = new LinkUnderTest(port);
        Assert.Contains($"There is no port '{port}'", (await link.NextAsync<LinkDown>()).Reason);
        for (int time = 1; time <= 3; time++)
        {
            await using (var door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { FirstBoot = time },
                () => Scenes.EmptyPorch, linkPath: port))
            {
                await link.NextAsync<LinkUp>();
                door.Device.Press();
                Assert.Equal(new BellPacket(time, 1), (await link.NextAsync<BellReceived>()).Bell);
            }
            Assert.Contains("was the cable pulled?", (await link.NextAsync<LinkDown>()).Reason);
            Assert.False(await link.Link.SendAsync(HostCommand.Capture, CancellationToken.None));
        }
        Assert.Equal((3, 3), (link.Link.Counters.Connections, link.Link.Counters.Disconnections));
        Assert.Equal(3, link.Log.Remarks.Count);
    }

    [Fact]
    public async Task A_doorbell_that_comes_back_under_another_name_is_found_again()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["dev"]);
        DoorbellLinkOptions options = LinkUnderTest.Impatient("") with
        {
            OpenAsync = DoorbellLinkOptions.ForAnyPort(new PortDiscovery(folder.Root)).OpenAsync,
        };
        await using var link = new LinkUnderTest(options);
        Assert.Contains("there is none", (await link.NextAsync<LinkDown>()).Reason);
        foreach (string name in (string[])["ttyACM0", "ttyUSB3"])
        {
            await using (DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Scenes.EmptyPorch, linkPath: folder[$"dev/{name}"]))
                Assert.Contains(name, (await link.NextAsync<LinkUp>()).Name);
            await link.NextAsync<LinkDown>();
        }
    }

    [Fact]
    public async Task Another_host_can_follow_at_the_same_port()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Scenes.EmptyPorch);
        for (int time = 0; time < 3; time++)
        {
            await using var link = new LinkUnderTest(door.Terminal.PortPath);
            await link.NextAsync<LinkUp>();
        }
    }

    [Fact]
    public async Task Another_protocol_is_refused_with_a_sentence()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { ProtocolMajor = 2 }, () => Scenes.EmptyPorch);
        await using var link = new LinkUnderTest(door.Terminal.PortPath);
        LinkDown down = await link.NextAsync<LinkDown>();
        Assert.Contains("speaks protocol 2.2, and this program speaks 1.2", down.Reason);
        Assert.Equal(LinkFault.WrongVersion, down.Fault);
        Assert.Equal(0, link.Link.Counters.Connections);
    }

    [Fact]
    public async Task A_device_that_falls_silent_is_gone()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Scenes.EmptyPorch);
        await using var link =
            new LinkUnderTest(LinkUnderTest.Impatient(door.Terminal.PortPath) with { SilenceLimit = TimeSpan.FromMilliseconds(300) });
        await link.NextAsync<LinkUp>();
        Assert.Contains("has said nothing for", (await link.NextAsync<LinkDown>()).Reason);
        await link.NextAsync<LinkUp>();
    }

    /// <summary>
    /// Three bytes in a hundred are lost, damaged or doubled, in both directions: every ring is heard and acknowledged, no frame is wrong.
    /// </summary>
    [Fact]
    public async Task Through_a_bad_cable_every_ring_is_heard()
    {
        const int Rings = 20;
        await using DoorbellOnPort door = DoorbellOnPort.Started(
            VirtualDoorbellOptions.Unpaced with { Mode = SensorMode.All[1], FramesPerPress = 2 }, () =>
                TestPictures.Random(160, 120, 1), new CableFaults(0.01, 0.01, 0.01));
        await using var link = new LinkUnderTest(LinkUnderTest.Impatient(door.Terminal.PortPath) with
        {
            HelloAnswer = TimeSpan.FromMilliseconds(100), AckWait = TimeSpan.FromMilliseconds(150),
        });
        var acknowledged = Channel.CreateUnbounded<int>();
        door.Device.PressAcknowledged += (_, press) => acknowledged.Writer.TryWrite(press);
        await link.NextAsync<LinkUp>();
        var heard = new List<int>();
        for (int ring = 1; ring <= Rings; ring++)
        {
            Assert.Equal(ring, door.Device.Press().Press);
            heard.Add((await link.NextAsync<BellReceived>()).Bell.Press);
            Assert.Equal(ring, await acknowledged.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }
        Assert.Equal(Enumerable.Range(1, Rings), heard);
        LinkStatistics statistics = link.Link.Statistics;
        Assert.Equal((Rings, 0), (statistics.Presses, statistics.PressesMissed));
        Assert.True(statistics.CrcFailures > 100, statistics.ToString());
        Assert.Equal(0, statistics.FramesWhole + statistics.FramesConcealed);
    }

    /// <summary>
    /// A press sounds the bell at once, and is acknowledged only when it is kept, however long the repeats go on meanwhile.
    /// </summary>
    [Fact]
    public async Task A_ring_is_acknowledged_when_it_is_kept_and_not_before()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Scenes.EmptyPorch);
        var acknowledged = new TaskCompletionSource();
        door.Device.PressAcknowledged += (_, _) => acknowledged.TrySetResult();
        var kept = new TaskCompletionSource();
        var heard = new TaskCompletionSource();
        await using var link = new LinkUnderTest(
            LinkUnderTest.Impatient(door.Terminal.PortPath) with { RingKeepLimit = TimeSpan.FromMinutes(5) }, _ =>
                heard.TrySetResult(), _ => kept.Task);
        await link.NextAsync<LinkUp>();
        door.Device.Press();
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await link.NextAsync<BellReceived>();
        Assert.False(acknowledged.Task.IsCompleted, "the ring was acknowledged before it was kept");
        kept.SetResult();
        await acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_ring_that_cannot_be_kept_in_time_is_acknowledged_all_the_same()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Scenes.EmptyPorch);
        var acknowledged = new TaskCompletionSource();
        door.Device.PressAcknowledged += (_, _) => acknowledged.TrySetResult();
        await using var link =
            new LinkUnderTest(LinkUnderTest.Impatient(door.Terminal.PortPath), _ => { }, _ => new TaskCompletionSource().Task);
        await link.NextAsync<LinkUp>();
        door.Device.Press();
        await acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
