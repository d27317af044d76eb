using System.Collections.Concurrent;
using System.Threading.Channels;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Rules;
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
/// A running door at which nobody's face is seen. Door, link and the doorbell on a pseudo-terminal are the real ones; the voice notes what
/// it is to say.
/// </summary>
internal sealed class FacelessDoor : IAsyncDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ModelManifest Manifest =
        ModelManifest.Parse(File.ReadAllText(Path.Combine(Repository.Fixture("models/tiny"), "model.json")));

    private readonly CancellationTokenSource _over = new();
    private readonly DoorbellLink _link;
    private readonly VisitEvents _events = new();
    private readonly Task _running;

    public FacelessDoor(SteadyTime time, IRulesStorage? rules = null)
    {
        Voice = new NotingVoice(time);
        _link = new DoorbellLink(DoorbellLinkOptions.ForPort(Doorbell.PortPath, DoorbellAtTheDoor.BaudRateBitsPerSecond), time,
            NullLogger.Instance);
        var recognition = new FixedRecognition(new FaceRecognizer(new NoFaces(), new NoFaces()), new MatchPolicy(Manifest), ["Anna"]);
        _running = new RunningDoor(new DoorParts(_link, Voice, recognition, [_events]) { HouseRules = rules }, time, NullLogger.Instance)
            .RunAsync(_over.Token);
    }

    public DoorbellAtTheDoor Doorbell { get; } = new();

    public NotingVoice Voice { get; }

    /// <summary>The visits that are over.</summary>
    public IReadOnlyCollection<VisitRecord> Ended => _events.Ended;

    /// <summary>Presses until a press begins a new visit; one soon after an answer counts as impatience.</summary>
    public async Task BeginAsync()
    {
        // Before it has started, a doorbell notices no press.
        await _events.Found.WaitAsync(Patience);
        while (true)
        {
            await Doorbell.PressAndBeAcknowledgedAsync();
            VisitChanged happened = await _events.NextAsync(visit => visit is VisitStarted or VisitorRangAgain);
            if (happened.Happened is VisitStarted) return;
            // Faster than a finger, it would not chime.
            await Task.Delay(100);
        }
    }

    /// <summary>The answer to the visit that has begun.</summary>
    public Task<VisitChanged> AnsweredAsync() => _events.NextAsync(visit => visit is VisitorIdentified);

    /// <summary>A new visit begins and is answered.</summary>
    public async Task<VisitChanged> RingAsync()
    {
        await BeginAsync();
        return await AnsweredAsync();
    }

    /// <summary>Closes the door, with everything said and told.</summary>
    public async Task CloseAsync()
    {
        await _over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _link.DisposeAsync();
        await Doorbell.DisposeAsync();
        _over.Dispose();
    }

    private sealed class NoFaces : IFaceFinder, IFaceReader
    {
        public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture) => [];

        public RecognizedFace? Read(PixelBuffer picture, FaceDetection face) => null;
    }

    private sealed class VisitEvents : IDoorSubscriber
    {
        private readonly Channel<VisitChanged> _events = Channel.CreateUnbounded<VisitChanged>();
        private readonly TaskCompletionSource _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "the test";

        public Task Found => _found.Task;

        public ConcurrentQueue<VisitRecord> Ended { get; } = new();

        public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
        {
            if (happened is DoorbellFound) _found.TrySetResult();
            if (happened is not VisitChanged changed) return ValueTask.CompletedTask;
            if (changed.Happened is VisitEnded ended) Ended.Enqueue(ended.Visit);
            _events.Writer.TryWrite(changed);
            return ValueTask.CompletedTask;
        }

        public async Task<VisitChanged> NextAsync(Func<VisitEvent, bool> isWanted)
        {
            while (true)
            {
                VisitChanged next = await _events.Reader.ReadAsync().AsTask().WaitAsync(Patience);
                if (isWanted(next.Happened)) return next;
            }
        }
    }
}

/// <summary>A voice that has said everything at once, unless it is stale by its clock.</summary>
internal sealed class NotingVoice(TimeProvider time) : IDoorVoice
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
}
