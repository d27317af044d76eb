using System.Threading.Channels;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Pipeline;

namespace DoorbellFace.Host.Tests.Pipeline;

public class DoorWorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<LinkEvent> _link = Channel.CreateUnbounded<LinkEvent>();
    private readonly OneFaceDetector _detector = new();
    private readonly EventList _sink = new();
    private readonly List<HostCommand> _sent = [];
    private int _sequence;

    [Fact]
    public async Task The_chime_does_not_wait_for_a_frame_that_is_being_looked_at()
    {
        using var release = new ManualResetEventSlim();
        using var looking = new ManualResetEventSlim();
        var chimed = new TaskCompletionSource();
        _detector.Before = () =>
        {
            looking.Set();
            release.Wait();
        };
        (DoorWorker worker, _) = Create(_ => chimed.TrySetResult());
        Task running = worker.RunAsync(_link.Reader.ReadAllAsync(), CancellationToken.None);

        _link.Writer.TryWrite(Frame(200));
        Assert.True(looking.Wait(Patience));
        _link.Writer.TryWrite(Bell(1));
        await chimed.Task.WaitAsync(Patience);

        Assert.False(release.IsSet);
        release.Set();
        _link.Writer.Complete();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task Of_frames_that_wait_only_the_newest_is_looked_at_and_every_press_is_kept()
    {
        using var release = new ManualResetEventSlim();
        using var looking = new ManualResetEventSlim();
        _detector.Before = () =>
        {
            looking.Set();
            release.Wait();
        };
        var lastHeard = new TaskCompletionSource();
        (DoorWorker worker, DoorPipeline pipeline) = Create(bell =>
        {
            if (bell.Bell.Press == 20) lastHeard.TrySetResult();
        });
        Task running = worker.RunAsync(_link.Reader.ReadAllAsync(), CancellationToken.None);

        _link.Writer.TryWrite(Frame(200));
        Assert.True(looking.Wait(Patience));
        for (int press = 1; press <= 20; press++)
        {
            _link.Writer.TryWrite(Frame(200));
            _link.Writer.TryWrite(Bell(press));
        }
        await lastHeard.Task.WaitAsync(Patience);
        release.Set();
        _link.Writer.Complete();
        await running.WaitAsync(Patience);

        Assert.Equal(20, pipeline.Counters.Rings);
        Assert.Equal(19, pipeline.Counters.FramesSkipped);
        Assert.Equal(2, pipeline.Counters.FramesLookedAt);
    }

    [Fact]
    public async Task A_ring_and_two_frames_make_a_visit_with_a_name_and_stop_the_stream()
    {
        (DoorWorker worker, _) = Create();
        Task running = worker.RunAsync(_link.Reader.ReadAllAsync(), CancellationToken.None);

        _link.Writer.TryWrite(Bell(1));
        await _sink.WaitForAsync<VisitStarted>();
        _link.Writer.TryWrite(Frame(200));
        await _sink.WaitForAsync<VisitorIdentified>();
        _link.Writer.Complete();
        await running.WaitAsync(Patience);

        Assert.Equal(("Anna", VisitOutcome.Known), (_sink.Last<VisitorIdentified>().Visit.Name, _sink.Last<VisitorIdentified>().Visit.Outcome));
        Assert.NotNull(_sink.Last<VisitEnded>().Visit.EndedAt);
        Assert.Equal([HostCommand.StreamOff], _sent);
    }

    [Fact]
    public async Task A_sink_that_fails_does_not_keep_the_others_from_hearing()
    {
        var failures = new List<Exception>();
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), [new BrokenSink(), _sink], (_, error) => failures.Add(error));

        pipeline.Handle(Bell(1));
        pipeline.Handle(Frame(200));
        await _sink.WaitForAsync<VisitorIdentified>();

        Assert.Equal("Anna", _sink.Last<VisitorIdentified>().Visit.Name);
        Assert.Equal(2, failures.Count);
    }

    [Fact]
    public void Test_bars_are_not_looked_at()
    {
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), [_sink], (_, error) => throw error);

        pipeline.Handle(Frame(200) with { ShowsTestBars = true });

        Assert.Equal(0, pipeline.Counters.FramesLookedAt);
    }

    [Fact]
    public void The_picture_of_a_visit_is_the_frame_with_the_face()
    {
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), [_sink], (_, error) => throw error);

        pipeline.Handle(Bell(1));
        pipeline.Handle(Frame(0));
        FrameReceived withFace = Frame(200);
        pipeline.Handle(withFace);
        pipeline.Handle(Frame(0));
        pipeline.Finish(DateTimeOffset.UnixEpoch.AddMinutes(1));

        Assert.Same(withFace.Frame.Pixels, _sink.LastPicture!.Pixels);
        Assert.NotNull(_sink.LastPicture.Face);
    }

    private (DoorWorker Worker, DoorPipeline Pipeline) Create(Action<BellReceived>? pressHeard = null)
    {
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), [_sink], (_, error) => throw error);
        var worker = new DoorWorker(pipeline, TimeProvider.System)
        {
            PressHeard = pressHeard ?? (_ => { }),
            Send = (command, _) =>
            {
                lock (_sent) _sent.Add(command);
                return Task.CompletedTask;
            },
        };
        return (worker, pipeline);
    }

    private FaceRecognizer Recognizer() => new(new RotationSweep(_detector), new ClassifierReader(new BrightnessClassifier()));

    private static VisitTracker Tracker() => new(new MatchPolicy(new BrightnessClassifier().Manifest));

    private static BellReceived Bell(int press) => new(TimeProvider.System.GetUtcNow(), new BellPacket(1, press), IsNew: true);

    private FrameReceived Frame(byte gray)
    {
        var pixels = new byte[320 * 240];
        Array.Fill(pixels, gray);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new(now, new Frame(new PixelBuffer(320, 240, PixelFormat.Gray8, pixels), _sequence++, now, []), FrameTrigger.Bell, ShowsTestBars: false, End: null);
    }

    private sealed class BrokenSink : IVisitSink
    {
        public void Receive(VisitEvent visitEvent, VisitPicture? picture) => throw new IOException("The disk is full.");
    }
}
