using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Gpio;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Composition;
using DoorbellFace.Host.Tests.Pipeline;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Host.Tests.VoiceScenes;

/// <summary>The networks that come with the program, with Anna and Ben enrolled: loaded once for all scenes.</summary>
public sealed class SceneFamily : IDisposable
{
    private readonly FaceEngine _engine = new FaceModels().LoadEngine(null);

    public SceneFamily() => Recognition = FixedRecognition.Of(
        _engine, new Gallery(_engine.Embedder.Manifest.ModelSha256, [Enrolled(DrawnFamily.Anna, 1000), Enrolled(DrawnFamily.Ben, 2000)]));

    public FixedRecognition Recognition { get; }

    public void Dispose() => _engine.Dispose();

    private EnrolledPerson Enrolled(FamilyMember member, int seed)
    {
        FaceSample[] samples =
            [.. Enumerable.Range(seed, 12).Select(scene => _engine.Photos.Read(SceneHouse.Standing(member.Person, scene))[0])
                .Select(face => new FaceSample(new SampleId(Guid.NewGuid()), face.Vote.Embedding!, face.Vote.Weight, SampleSource.Photo))];
        return new EnrolledPerson(new PersonId(Guid.NewGuid()), member.Name, samples, []);
    }
}

/// <summary>
/// A house in simulated time: door, recognition, rules, visits and sentences are the real ones; the doorbell is a script, and the voice
/// writes down what it is to say.
/// </summary>
internal sealed class SceneHouse : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedRecognition _recognition;
    private readonly Language _language;
    private readonly HouseServices _house;

    /// <summary>It begins on a Saturday at ten past two.</summary>
    public SceneHouse(FixedRecognition recognition, Language language)
    {
        (_recognition, _language) = (recognition, language);
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 28, 14, 10, 0, TimeSpan.Zero));
        Clock.SetLocalTimeZone(TimeZoneInfo.Utc);
        Transcript = new Transcript(Clock);
        _house = new HouseServices(_folder.Root, NullLogger.Instance);
    }

    public FakeTimeProvider Clock { get; }

    public Transcript Transcript { get; }

    /// <summary>What the door told of, where something is wired.</summary>
    public NotedEvents Events { get; } = new();

    /// <summary>One of the drawn people before the door.</summary>
    public static PixelBuffer Standing(DrawnPerson person, int seed) => PixelConversion.ToGray8(
        FaceRenderer.Render(person, DrawnScene.Random(seed, SceneVariation.Visiting), 320, 240));

    /// <summary>Two pictures cut to their middle, side by side.</summary>
    public static PixelBuffer Together(PixelBuffer left, PixelBuffer right)
    {
        int half = left.Width / 2, from = left.Width / 4;
        byte[] pixels = new byte[left.Width * left.Height];
        for (int row = 0; row < left.Height; row++)
        {
            left.Row(row).Slice(from, half).CopyTo(pixels.AsSpan(row * left.Width));
            right.Row(row).Slice(from, half).CopyTo(pixels.AsSpan((row * left.Width) + half));
        }
        return new PixelBuffer(left.Width, left.Height, PixelFormat.Gray8, pixels);
    }

    /// <summary>A picture with a sixth of its light.</summary>
    public static PixelBuffer InTheDark(PixelBuffer picture)
    {
        byte[] pixels = new byte[picture.Width * picture.Height];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(picture.Row(i / picture.Width)[i % picture.Width] / 6);
        return new PixelBuffer(picture.Width, picture.Height, PixelFormat.Gray8, pixels);
    }

    /// <summary>The rules of the house from now on.</summary>
    public void Rule(string rules) => new FileRulesStorage(_folder.Root).Write(rules);

    /// <summary>Plays a script at the door, until it ends.</summary>
    /// <param name="what">What is seen, for the transcript.</param>
    /// <param name="script">What happens.</param>
    /// <param name="isStrangerRemembered">It begins when the pictures of earlier strangers have been looked at.</param>
    /// <param name="wired">What is wired to the computer; null: nothing.</param>
    public async Task PlayAsync(string what, Action<SceneLink> script, bool isStrangerRemembered = false, WiredParts? wired = null)
    {
        Transcript.Begin(what);
        var link = new SceneLink(Clock);
        script(link);
        using var strangers = new StrangerWatch(_house.VisitStorage, HouseServices.Pictures, TimeSpan.FromDays(30), NullLogger.Instance);
        if (isStrangerRemembered) link.IsReady = () => strangers.Count > 0;
        using VisitLog visits = Visits();
        var door = new RunningDoor(
            new DoorParts(link, Transcript, _recognition, [visits, .. wired is null ? (IDoorSubscriber[])[] : [wired, Events]])
            {
                Language = _language, HouseRules = _house.RulesStorage, KeepRing = visits.KeepRingAsync, Strangers = strangers,
                Wall = _house.WallStorage, Bells = wired is null ? [] : [_ => wired.Chime()],
            },
            SteadyTime.Of(Clock), NullLogger.Instance);
        link.Door = door;
        using var over = new CancellationTokenSource();
        Task asking = wired?.RunAsync(door, over.Token) ?? Task.CompletedTask;
        await door.RunAsync(CancellationToken.None).WaitAsync(FacelessDoor.Patience);
        await over.CancelAsync();
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The button is pressed, and the power fails before anybody could look.</summary>
    public async Task RingAndLoseThePowerAsync()
    {
        Transcript.Begin("the bell rings, and at that moment the power fails");
        using VisitLog visits = Visits();
        await visits.KeepRingAsync(DoorId.Front, Clock.GetUtcNow(), new PressId(1, 1));
    }

    /// <summary>./doorbell today.</summary>
    public void AskForToday() => Transcript.Answered(
        "doorbell today", new VisitReports(_house.Visits, _language, Clock, _house.Rules.Read().Quiet?.Times).Today());

    /// <summary>The visits that were kept, the newest first.</summary>
    public IReadOnlyList<VisitRecord> Kept() => _house.Visits.List(100);

    public void Dispose() => _folder.Dispose();

    private VisitLog Visits() =>
        VisitLog.Open(_house.VisitStorage, HouseServices.Pictures, Transcript.Speak, NullLogger.Instance, _language);
}

/// <summary>A subscriber that notes what it is told.</summary>
internal sealed class NotedEvents : IDoorSubscriber
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<DoorEvent> _told = new();

    public IReadOnlyList<DoorEvent> Told => [.. _told];

    public string Name => "the test";

    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        _told.Enqueue(happened);
        return ValueTask.CompletedTask;
    }
}
