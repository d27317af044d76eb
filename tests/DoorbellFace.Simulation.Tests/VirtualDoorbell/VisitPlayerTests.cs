using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Simulation.Tests.VirtualDoorbell;

public class VisitPlayerTests
{
    [Fact]
    public async Task A_visitor_rings_is_seen_in_every_frame_of_the_run_and_leaves()
    {
        PixelBuffer anna = TestPictures.Random(160, 120, 1), ben = TestPictures.Random(160, 120, 2);
        var player = new VisitPlayer(TimeProvider.System, TimeSpan.FromSeconds(30));
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { Mode = SensorMode.All[1] }, player.Scene);
        player.Attach(door.Device);
        await using var link = new LinkUnderTest(door.Terminal.PortPath);
        await link.NextAsync<LinkUp>();
        foreach (PixelBuffer visitor in (PixelBuffer[])[anna, ben])
        {
            SimulatedVisit visit = await player.PlayAsync(visitor, CancellationToken.None);
            Assert.NotNull(visit.AcknowledgedAfter);
            Assert.Equal(8, visit.Frames.Count);
            Assert.Equal(visit.Press, (await link.NextAsync<BellReceived>()).Bell.Press);
            foreach (int sequence in visit.Frames)
            {
                FrameReceived frame = await link.NextAsync<FrameReceived>();
                Assert.Equal(sequence, frame.Frame.Sequence);
                Assert.Equal(TestPictures.AsSent(visitor), frame.Frame.Pixels.Pixels.ToArray());
            }
            Assert.Same(Scenes.EmptyPorch, player.Scene());
        }
    }

    [Fact]
    public async Task A_visitor_whom_no_program_hears_leaves_in_the_end()
    {
        var player = new VisitPlayer(TimeProvider.System, TimeSpan.FromMilliseconds(200));
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { FramesPerPress = 0 }, player.Scene);
        player.Attach(door.Device);
        SimulatedVisit visit = await player.PlayAsync(TestPictures.Random(160, 120, 1), CancellationToken.None);
        Assert.Null(visit.AcknowledgedAfter);
        Assert.Equal(1, visit.Press);
    }
}
