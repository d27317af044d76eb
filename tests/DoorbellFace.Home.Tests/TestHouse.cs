using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Visits;
using DoorbellFace.Application.Wall;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Home.Tests;

/// <summary>A house with the real stores in a folder of its own. Without networks: nobody can be enrolled from a picture.</summary>
internal sealed class TestHouse : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqlitePeopleStorage _people;

    public TestHouse()
    {
        _people = new SqlitePeopleStorage(_folder["data"], NullLogger.Instance);
        VisitStorage = new SqliteVisitStorage(_folder["data"], TimeProvider.System, NullLogger.Instance);
        var visits = new VisitService(VisitStorage, _people, TimeProvider.System);
        var storage = new FileRulesStorage(_folder["data"]);
        Rules = new RulesService(storage);
        static GalleryTools NoNetworks() => throw new DoorbellException(ErrorKind.MissingPart, "There are no networks here.");
        People = new PeopleService(_people, visits, NoNetworks, rules: Rules);
        var enrolment = new EnrolmentService(People, visits, new PictureFiles(), TimeProvider.System);
        House = new HomeHouse(
            visits, People, Rules, storage, new SpokenCorrection(People, visits, enrolment, NoNetworks, Language.English), Language.English,
                160, PictureFile.EncodeJpeg, "0.1.0");
    }

    public SqliteVisitStorage VisitStorage { get; }

    public PeopleService People { get; }

    public RulesService Rules { get; }

    public HomeHouse House { get; }

    public void Enrol(PersonId id, string name)
    {
        using IGalleryStore store = _people.Open();
        store.Apply(new GalleryChange { Named = new Dictionary<PersonId, string> { [id] = name } });
    }

    public void Keep(VisitRecord visit)
    {
        Directory.CreateDirectory(_folder["data"]);
        using SqliteVisitStore store = SqliteVisitStore.Open(_folder["data"], StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        store.Save(visit);
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>A door that notes what is asked of it.</summary>
internal sealed class NotingDoor : IDoorRequests
{
    private readonly List<string> _asked = [];

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    /// <summary>A look finds nothing, because there is no picture.</summary>
    public bool CannotLook { get; set; }

    public DoorStatus Status => new(IsUp: true, [], Trouble: null, LastSaid: null);

    public Task<string> LookAsync(CancellationToken stop)
    {
        Note("look");
        return CannotLook
            ? throw new DoorbellException(ErrorKind.MissingPart, "The doorbell sends no picture to look at.")
            : Task.FromResult("Anna is at the door.");
    }

    public string? SayAgain()
    {
        Note("say again");
        return "Anna is at the door.";
    }

    public void Say(string text) => Note($"say: {text}");

    public Task<EnrolmentReport?> EnrolAsync(string name, CoachOptions coach, bool anyway, Action<string> said, CancellationToken stop) =>
        throw new NotSupportedException("Nobody is enrolled here.");

    public Task<WallLesson> LearnWallAsync(CancellationToken stop) => throw new NotSupportedException("There is no wall.");

    public Task LendPortAsync(Action<string?> lent, CancellationToken giveBack) => throw new NotSupportedException("There is no port.");

    private void Note(string what)
    {
        lock (_asked) _asked.Add(what);
    }
}

/// <summary>Events of a door, with the same ids and times in every run.</summary>
internal static class DoorEvents
{
    public static readonly DoorId Front = DoorId.Front;

    public static DateTimeOffset At(double seconds) => TestVisits.Noon.AddSeconds(seconds);

    public static VisitRecord Visit { get; } = new()
    {
        Id = VisitId.Parse("0190a000-0000-7000-8000-0000000000aa"), StartedAt = At(1), StartedBy = VisitStart.Ring, Rings = 1,
    };

    public static VisitRecord Known { get; } = Visit with
    {
        Outcome = VisitOutcome.Known, Person = TestVisits.Anna, Name = "Anna", FramesSeen = 2, FramesWithFace = 2,
        Figures = new Core.Recognition.MatchFigures { Similarity = 0.9f, Score = 0.8f, Accept = 0.3f, Reject = 0.2f },
    };

    public static BellRang Ring(int press, double seconds = 1) => new(Front, At(seconds), press, 7);

    public static DoorbellFound Found { get; } = new(Front, At(0), "the doorbell", null);

    public static VisitChanged Identified(VisitRecord? visit = null, string? says = "Anna is at the door.") => new(
        Front, At(2.25), new VisitorIdentified(At(2.25), visit ?? Known, IsCorrection: false),
            new VisitPicture(new PixelBuffer(32, 24, PixelFormat.Gray8, new byte[32 * 24]), null),
        says is null ? null : new Core.Announcements.Announcement(says, Core.Announcements.AnnouncementPriority.Normal, "visit"));

    /// <summary>A ring, a frame with a face, the answer, and the end.</summary>
    public static IReadOnlyList<DoorEvent> WholeVisit { get; } =
    [
        Found,
        Ring(1),
        new VisitChanged(Front, At(1), new VisitStarted(At(1), Visit), null, null),
        new FrameLookedAt(Front, At(1.6), 5, 0, 1, TimeSpan.FromMilliseconds(30)),
        Identified(),
        new VisitChanged(Front, At(20), new VisitEnded(At(20), Known with { EndedAt = At(20) }), null, null),
    ];
}
