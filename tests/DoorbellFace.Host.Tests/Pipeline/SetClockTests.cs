using System.Collections.Concurrent;
using System.Threading.Channels;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// The computer's clock is set while the door runs (by the network after a start, or after a suspend). The door, its link and the doorbell on a pseudo-terminal
/// are the real ones; the clock on the wall is the test's, and the steady timer below it is the computer's.
/// </summary>
public sealed class SetClockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ModelManifest Manifest = ModelManifest.Parse(File.ReadAllText(Path.Combine(Repository.Fixture("models/tiny"), "model.json")));

    [Theory]
    [InlineData(2 * 3600)]
    [InlineData(10)]
    [InlineData(-2 * 3600)]
    public async Task Every_ring_is_chimed_and_answered_aloud_and_no_visit_changes_its_length(double seconds)
    {
        var wall = new SetTime();
        var time = SteadyTime.Of(wall);
        var events = new VisitEvents();
        await using var doorbell = new DoorbellAtTheDoor();
        await using var voice = new SpeakingVoice(time);
        using var over = new CancellationTokenSource();
        await using var link = new DoorbellLink(DoorbellLinkOptions.ForPort(doorbell.PortPath, DoorbellAtTheDoor.BaudRateBitsPerSecond), time, NullLogger.Instance);
        var recognition = new FixedRecognition(new FaceRecognizer(new NoFaces(), new NoFaces()), new MatchPolicy(Manifest), ["Anna"]);
        Task running = new RunningDoor(new DoorParts(link, voice, recognition, [events]), time, NullLogger.Instance).RunAsync(over.Token);

        VisitRecord before = await RingAsync(doorbell, events);
        // In the middle of a visit, which must not end two hours before it began.
        await events.BeginAsync(doorbell);
        wall.Step = TimeSpan.FromSeconds(seconds);
        VisitRecord across = await events.AnsweredAsync();
        VisitRecord after = await RingAsync(doorbell, events);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        VisitRecord[] answered = [before, across, after];
        Assert.All(answered, visit => Assert.Contains(voice.Said, said => said.Visit == visit.Id && said.Text.Contains("cannot see a face", StringComparison.Ordinal)));
        Assert.DoesNotContain(voice.Said, said => said.Text.Contains("no picture", StringComparison.Ordinal));
        // One chime for each press, those that belong to a visit that goes on among them.
        Assert.Equal(doorbell.Presses, voice.Chimes);
        Assert.All(events.Ended, visit => Assert.InRange(visit.EndedAt!.Value - visit.StartedAt, TimeSpan.Zero, Patience));
        TimeSpan shown = after.StartedAt - before.StartedAt;
        Assert.InRange(shown - TimeSpan.FromSeconds(seconds), TimeSpan.Zero, Patience);
    }

    private static async Task<VisitRecord> RingAsync(DoorbellAtTheDoor doorbell, VisitEvents events)
    {
        await events.BeginAsync(doorbell);
        return await events.AnsweredAsync();
    }

    private sealed class SetTime : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;
    }

    private sealed class NoFaces : IFaceFinder, IFaceReader
    {
        public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture) => [];

        public RecognizedFace? Read(PixelBuffer picture, FaceDetection face) => null;
    }

    /// <summary>A voice that has said everything at once, unless it is stale by its clock.</summary>
    private sealed class SpeakingVoice(TimeProvider time) : IDoorVoice, IAsyncDisposable
    {
        private int _chimes;

        public event Action<DateTimeOffset>? ChimeStarted;

        public event Action<Announcement, DateTimeOffset>? UtteranceStarted;

        public ConcurrentQueue<Announcement> Said { get; } = new();

        public int Chimes => Volatile.Read(ref _chimes);

        public SpeechCounters Counters => new();

        public string OutputDescription => "a test";

        public void Chime()
        {
            Interlocked.Increment(ref _chimes);
            ChimeStarted?.Invoke(time.GetUtcNow());
        }

        public void Speak(Announcement announcement)
        {
            if (announcement.StaleAfter < time.GetUtcNow()) return;
            Said.Enqueue(announcement);
            UtteranceStarted?.Invoke(announcement, time.GetUtcNow());
        }

        public Task DrainAsync(CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class VisitEvents : IDoorSubscriber
    {
        private readonly Channel<VisitEvent> _events = Channel.CreateUnbounded<VisitEvent>();

        public string Name => "the test";

        private readonly TaskCompletionSource _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<VisitRecord> Ended { get; } = new();

        public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
        {
            if (happened is DoorbellFound) _found.TrySetResult();
            if (happened is not VisitChanged { Happened: var visit }) return ValueTask.CompletedTask;
            if (visit is VisitEnded) Ended.Enqueue(visit.Visit);
            _events.Writer.TryWrite(visit);
            return ValueTask.CompletedTask;
        }

        /// <summary>Presses until a press begins a new visit; one soon after an answer counts as impatience.</summary>
        public async Task BeginAsync(DoorbellAtTheDoor doorbell)
        {
            // Before it has started, a doorbell notices no press.
            await _found.Task.WaitAsync(Patience);
            while (true)
            {
                await doorbell.PressAndBeAcknowledgedAsync();
                VisitEvent happened = await NextAsync(visit => visit is VisitStarted or VisitorRangAgain);
                if (happened is VisitStarted) return;
                await Task.Delay(100);
            }
        }

        public async Task<VisitRecord> AnsweredAsync() => (await NextAsync(visit => visit is VisitorIdentified)).Visit;

        private async Task<VisitEvent> NextAsync(Func<VisitEvent, bool> isWanted)
        {
            while (true)
            {
                VisitEvent next = await _events.Reader.ReadAsync().AsTask().WaitAsync(Patience);
                if (isWanted(next)) return next;
            }
        }
    }
}
