using System.Collections.Concurrent;
using System.Threading.Channels;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Storage;
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

/// <summary>The rules of a door that runs, changed in their file beside it: door, link, file and the doorbell on a pseudo-terminal are the real ones.</summary>
public sealed class LiveRulesTests : IDisposable
{
    private const string Quiet = """{ "quiet": { "times": "0:00-24:00", "chime": "off" } }""";

    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ModelManifest Manifest = ModelManifest.Parse(File.ReadAllText(Path.Combine(Repository.Fixture("models/tiny"), "model.json")));

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_change_counts_from_the_next_ring_and_a_broken_file_silences_nothing()
    {
        var time = SteadyTime.Of(TimeProvider.System);
        var answers = new Answers();
        var voice = new NotingVoice(time);
        var rules = new FileRulesStorage(_folder.Root);
        using var over = new CancellationTokenSource();
        await using var doorbell = new DoorbellAtTheDoor();
        await using var link = new DoorbellLink(DoorbellLinkOptions.ForPort(doorbell.PortPath, DoorbellAtTheDoor.BaudRateBitsPerSecond), time, NullLogger.Instance);
        var recognition = new FixedRecognition(new FaceRecognizer(new NoFaces(), new NoFaces()), new MatchPolicy(Manifest), ["Anna"]);
        Task running = new RunningDoor(new DoorParts(link, voice, recognition, [answers]) { HouseRules = rules }, time, NullLogger.Instance).RunAsync(over.Token);

        Assert.NotNull((await answers.OfARingAsync(doorbell)).Says);

        rules.Write(Quiet);
        Assert.Null((await answers.OfARingAsync(doorbell)).Says);
        int before = voice.Chimes;
        Assert.Null((await answers.OfARingAsync(doorbell)).Says);
        Assert.Equal(before, voice.Chimes);

        rules.Write("{ this is no file of rules");
        Assert.NotNull((await answers.OfARingAsync(doorbell)).Says);
        before = voice.Chimes;
        Assert.NotNull((await answers.OfARingAsync(doorbell)).Says);
        Assert.True(voice.Chimes > before);

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Single(voice.Said, said => said.Text.Contains("cannot read the rules", StringComparison.Ordinal));
        Assert.Equal(3, voice.Said.Count(said => said.Visit is not null));
    }

    public void Dispose() => _folder.Dispose();

    private sealed class NoFaces : IFaceFinder, IFaceReader
    {
        public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture) => [];

        public RecognizedFace? Read(PixelBuffer picture, FaceDetection face) => null;
    }

    private sealed class NotingVoice(TimeProvider time) : IDoorVoice
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
            Said.Enqueue(announcement);
            UtteranceStarted?.Invoke(announcement, time.GetUtcNow());
        }

        public Task DrainAsync(CancellationToken cancellation) => Task.CompletedTask;
    }

    private sealed class Answers : IDoorSubscriber
    {
        private readonly Channel<VisitChanged> _events = Channel.CreateUnbounded<VisitChanged>();
        private readonly TaskCompletionSource _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "the test";

        public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
        {
            if (happened is DoorbellFound) _found.TrySetResult();
            if (happened is VisitChanged changed) _events.Writer.TryWrite(changed);
            return ValueTask.CompletedTask;
        }

        /// <summary>Presses until a press begins a new visit, and waits for its answer.</summary>
        public async Task<VisitChanged> OfARingAsync(DoorbellAtTheDoor doorbell)
        {
            await _found.Task.WaitAsync(Patience);
            do await doorbell.PressAndBeAcknowledgedAsync();
            while ((await NextAsync(happened => happened is VisitStarted or VisitorRangAgain)).Happened is not VisitStarted);
            return await NextAsync(happened => happened is VisitorIdentified);
        }

        private async Task<VisitChanged> NextAsync(Func<VisitEvent, bool> isWanted)
        {
            while (true)
            {
                VisitChanged next = await _events.Reader.ReadAsync().AsTask().WaitAsync(Patience);
                if (isWanted(next.Happened)) return next;
            }
        }
    }
}
