using DoorbellFace.Adapters.Storage;
using DoorbellFace.Adapters.Training;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Testing;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Application.Tests.People;

/// <summary>The real networks, loaded once.</summary>
public sealed class Networks : IDisposable
{
    private readonly FaceEngine _engine = new FaceModels().LoadEngine(null);

    internal GalleryTools Tools => GalleryTools.Of(_engine, isOwner: false);

    public void Dispose() => _engine.Dispose();
}

/// <summary>A house with real stores and drawn visitors. Its clock stands at noon, UTC.</summary>
internal sealed class ReviewHouse : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteVisitStorage _visits;
    private int _kept;

    public ReviewHouse(GalleryTools tools)
    {
        Tools = tools;
        _visits = new SqliteVisitStorage(Data, TimeProvider.System, NullLogger.Instance);
        var storage = new SqlitePeopleStorage(Data, NullLogger.Instance);
        Visits = new VisitService(_visits, storage, Time);
        Builds = new BuildFolder(Data);
        People = new PeopleService(storage, Visits, () => tools, forgetElsewhere: _ => Builds.Clear());
        Enrolment = new EnrolmentService(People, Visits, new PictureFiles(), Time);
        Queue = new ReviewQueue(Visits, People, Enrolment, new PictureFiles(), () => ModelStamp, Time);
    }

    public FakeTimeProvider Time { get; } = new(TestVisits.Noon);

    public string ModelStamp { get; set; } = "one";

    public GalleryTools Tools { get; }

    public VisitService Visits { get; }

    public PeopleService People { get; }

    public EnrolmentService Enrolment { get; }

    public ReviewQueue Queue { get; }

    public BuildFolder Builds { get; }

    public string Data => _folder["data"];

    /// <summary>A drawn picture of somebody at the door.</summary>
    public static PixelBuffer Picture(DrawnPerson person, int seed) =>
        FaceRenderer.Render(person, DrawnScene.Random(seed, SceneVariation.Visiting), 320, 240);

    /// <summary>Enrols somebody from drawn photos.</summary>
    public PersonId Enrol(FamilyMember member, int count, int firstSeed)
    {
        (string, string)[] photos = [.. Enumerable.Range(0, count).Select(index =>
        {
            string path = _folder[$"{member.Name}-{firstSeed + index}.png"];
            PictureFile.Write(path, Picture(member.Person, firstSeed + index));
            return ($"{index}", path);
        })];
        return Enrolment.FromFiles(member.Name, photos, Tools, () => { }, anyway: false, CancellationToken.None).Person.Id;
    }

    /// <summary>Keeps a visit of somebody whom the doorbell could not name.</summary>
    /// <param name="picture">What the camera saw.</param>
    /// <param name="daysAgo">When.</param>
    /// <param name="taken">Whom it may have been, by the doorbell's word.</param>
    public VisitId Keep(PixelBuffer picture, double daysAgo, PersonId? taken = null)
    {
        DateTimeOffset at = TestVisits.Noon.AddDays(-daysAgo).AddSeconds(_kept++);
        VisitRecord visit = TestVisits.Over(at) with
        {
            Outcome = taken is null ? VisitOutcome.Unknown : VisitOutcome.Uncertain,
            Person = taken,
            Name = taken is null ? null : "somebody",
        };
        using IVisitStore store = _visits.OpenAsOwner();
        store.Save(visit with { PicturePath = store.SavePicture(visit, new PictureFiles().EncodePng(picture)) });
        return visit.Id;
    }

    /// <summary>What waits, after every picture was looked at.</summary>
    public ReviewList Read() => Queue.TryRead() ?? Queue.Read(Tools, CancellationToken.None);

    public void Dispose() => _folder.Dispose();
}
