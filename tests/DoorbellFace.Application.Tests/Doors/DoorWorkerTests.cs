using System.Threading.Channels;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Application.Tests.Doors;

public class DoorWorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<LinkEvent> _link = Channel.CreateUnbounded<LinkEvent>();
    private readonly OneFaceDetector _detector = new();
    private readonly EventList _sink = new();
    private readonly List<HostCommand> _sent = [];
    private int _sequence, _heard;

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

        Assert.Equal(("Anna", VisitOutcome.Known),
            (_sink.Last<VisitorIdentified>().Visit.Name, _sink.Last<VisitorIdentified>().Visit.Outcome));
        Assert.NotNull(_sink.Last<VisitEnded>().Visit.EndedAt);
        Assert.Equal([HostCommand.StreamOff], _sent);
    }

    [Fact]
    public async Task What_others_ask_for_is_done_between_two_events()
    {
        (DoorWorker worker, DoorPipeline pipeline) = Create();
        Task running = worker.RunAsync(_link.Reader.ReadAllAsync(), CancellationToken.None);

        Assert.True(worker.TryRequest(() => pipeline.Look(TimeProvider.System.GetUtcNow())));
        await _sink.WaitForAsync<VisitStarted>();
        _link.Writer.TryWrite(Frame(200));
        await _sink.WaitForAsync<VisitorIdentified>();
        _link.Writer.Complete();
        await running.WaitAsync(Patience);

        Assert.Equal((VisitStart.Look, "Anna"),
            (_sink.Last<VisitorIdentified>().Visit.StartedBy, _sink.Last<VisitorIdentified>().Visit.Name));
    }

    /// <summary>
    /// The "stop" for the visitor before may meet the frames of a new press, and ends them; nothing but the host can know.
    /// </summary>
    [Fact]
    public async Task A_visit_that_gets_no_frames_asks_for_them_until_they_come()
    {
        var time = new FakeTimeProvider();
        (DoorWorker worker, _) = Create(time);
        Task running = worker.RunAsync(_link.Reader.ReadAllAsync(), CancellationToken.None);

        _link.Writer.TryWrite(Bell(1) with { At = time.GetUtcNow() });
        await _sink.WaitForAsync<VisitStarted>();
        await SentAsync(time, 2);
        _link.Writer.TryWrite(Frame(200) with { At = time.GetUtcNow() });
        await _sink.WaitForAsync<VisitorIdentified>();
        _link.Writer.Complete();
        await running.WaitAsync(Patience);

        Assert.Equal([HostCommand.StreamOn, HostCommand.StreamOn, HostCommand.StreamOff], _sent);
        Assert.Equal(VisitOutcome.Known, _sink.Last<VisitEnded>().Visit.Outcome);
    }

    [Fact]
    public async Task Frames_that_come_in_time_are_not_asked_for()
    {
        var time = new FakeTimeProvider();
        (DoorWorker worker, DoorPipeline pipeline) = Create(time);
        Task running = worker.RunAsync(_link.Reader.ReadAllAsync(), CancellationToken.None);

        _link.Writer.TryWrite(Bell(1) with { At = time.GetUtcNow() });
        await _sink.WaitForAsync<VisitStarted>();
        for (int frame = 1; frame <= 3; frame++)
        {
            // Test bars are a frame that gives no answer.
            _link.Writer.TryWrite(Frame(200) with { At = time.GetUtcNow(), ShowsTestBars = true });
            await UntilAsync(() => _heard == frame + 1);
            time.Advance(TimeSpan.FromSeconds(1.5));
        }
        _link.Writer.Complete();
        await running.WaitAsync(Patience);

        Assert.DoesNotContain(HostCommand.StreamOn, _sent);
    }

    [Fact]
    public void Whatever_a_network_does_on_one_frame_the_visit_is_answered()
    {
        var failures = new List<Exception>();
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), _sink.Receive) { FrameFailed = failures.Add };
        _detector.Before = () => throw new InvalidOperationException("The network is confused.");

        pipeline.Handle(Bell(1));
        for (int i = 0; i < 6; i++) pipeline.Handle(Frame(200));

        Assert.Equal(6, failures.Count);
        Assert.Equal(VisitOutcome.NotLookedAt, _sink.Last<VisitorIdentified>().Visit.Outcome);
        Assert.Equal(6, pipeline.Counters.FramesFailed);
    }

    [Fact]
    public void A_dark_door_is_answered_for_after_two_frames()
    {
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), _sink.Receive);

        pipeline.Handle(Bell(1));
        pipeline.Handle(Frame(0));
        Assert.Empty(_sink.Events.OfType<VisitorIdentified>());
        pipeline.Handle(Frame(0));

        Assert.Equal(VisitOutcome.Covered, _sink.Last<VisitorIdentified>().Visit.Outcome);
        // A lamp goes on: frames go on being looked at.
        Assert.True(pipeline.NeedsFrames);
        pipeline.Handle(Frame(200));
        pipeline.Handle(Frame(200));
        Assert.Equal("Anna", _sink.Last<VisitorIdentified>().Visit.Name);
    }

    [Theory]
    [InlineData(0, VisitOutcome.NoFace)]
    [InlineData(30, VisitOutcome.Moving)]
    public void Somebody_who_shows_no_face_and_moves_is_told_from_nobody(int pixelsAFrame, VisitOutcome expected)
    {
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), _sink.Receive);
        _detector.SeesNone = true;

        pipeline.Handle(Bell(1));
        for (int i = 0; i < 6; i++)
        {
            int back = 60 + (i * pixelsAFrame);
            pipeline.Handle(Frame((x, y) => x >= back && x < back + 60 && y > 80 ? 40 : 60 + (x / 2)));
        }

        Assert.Equal(expected, _sink.Last<VisitorIdentified>().Visit.Outcome);
        Assert.True(pipeline.NeedsFrames);
    }

    [Fact]
    public void A_door_without_networks_answers_a_ring_at_once()
    {
        var pipeline = new DoorPipeline(null, Tracker(), _sink.Receive);

        pipeline.Handle(Bell(1));

        Assert.Equal(VisitOutcome.NotLookedAt, _sink.Last<VisitorIdentified>().Visit.Outcome);
        Assert.False(pipeline.NeedsFrames);
    }

    [Fact]
    public void Test_bars_are_not_looked_at()
    {
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), _sink.Receive);

        pipeline.Handle(Frame(200) with { ShowsTestBars = true });

        Assert.Equal(0, pipeline.Counters.FramesLookedAt);
    }

    [Fact]
    public void The_picture_of_a_visit_is_the_frame_with_the_face()
    {
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), _sink.Receive);

        pipeline.Handle(Bell(1));
        pipeline.Handle(Frame(0));
        FrameReceived withFace = Frame(200);
        pipeline.Handle(withFace);
        pipeline.Handle(Frame(0));
        pipeline.Finish(DateTimeOffset.UnixEpoch.AddMinutes(1));

        Assert.Same(withFace.Frame.Pixels, _sink.LastPicture!.Pixels);
        Assert.NotNull(_sink.LastPicture.Face);
    }

    /// <summary>Lets time pass until so many commands are sent.</summary>
    private Task SentAsync(FakeTimeProvider time, int commands) => UntilAsync(() =>
    {
        lock (_sent)
            if (_sent.Count >= commands) return true;
        time.Advance(TimeSpan.FromMilliseconds(250));
        return false;
    });

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo()) await Task.Delay(5, limit.Token);
    }

    private (DoorWorker Worker, DoorPipeline Pipeline) Create(TimeProvider? time = null)
    {
        var pipeline = new DoorPipeline(Recognizer(), Tracker(), _sink.Receive);
        var worker = new DoorWorker(pipeline, time ?? TimeProvider.System)
        {
            Heard = _ => Interlocked.Increment(ref _heard),
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

    private FrameReceived Frame(byte gray) => Frame((_, _) => gray);

    private FrameReceived Frame(Func<int, int, int> levelAt)
    {
        var pixels = new byte[320 * 240];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)levelAt(i % 320, i / 320);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new(now, new Frame(new PixelBuffer(320, 240, PixelFormat.Gray8, pixels), _sequence++, now, []), FrameTrigger.Bell,
            ShowsTestBars: false, End: null);
    }
}
