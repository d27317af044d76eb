using System.Net;
using System.Net.Http.Headers;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Adapters.Training;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Training;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using DoorbellFace.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Web.Tests;

/// <summary>
/// The page's real host at a free port, with real stores in a folder of its own and the networks that come with the program. The door notes
/// what is asked of it, and the clock goes on when it is told to.
/// </summary>
internal sealed class ApiHouse : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DoorMeters _meters = new();
    private readonly FiguresText _figures = new();
    private readonly FaceModels _models = new();
    private readonly WebApplication _page;

    private ApiHouse(PageSettings settings)
    {
        DataFolder = _folder["data"];
        var people = new SqlitePeopleStorage(DataFolder, NullLogger.Instance);
        var visits = new VisitService(
            new SqliteVisitStorage(DataFolder, TimeProvider.System, NullLogger.Instance), people, TimeProvider.System);
        var rules = new RulesService(new FileRulesStorage(DataFolder));
        GalleryTools LoadTools() => GalleryTools.Of(_models.LoadEngine(null));
        People = new PeopleService(people, visits, LoadTools, rules: rules);
        Enrolment = new EnrolmentService(People, visits, new PictureFiles(), TimeProvider.System);
        Access = new PageAccess(new FilePageAccessStorage(DataFolder));
        Tokens = new ApiTokens(new FileTokenStorage(DataFolder), Clock);
        Audit = new AuditLog(new FileAuditStorage(DataFolder), Clock);
        var build = new BuildFolder(DataFolder);
        Builds = new ModelBuilds(new TrainerProcess(null), build, new FolderModelStore(DataFolder, ModelCheck.Run), People,
            new PictureFiles(), Clock);
        var parts = new PageParts(
            Door, Feed, visits, People, Enrolment, rules, LoadTools, new PictureFiles(), Access, new FilePageKeyStorage(DataFolder))
        {
            ModelStamp = () => "",
            Review = new ReviewQueue(visits, People, Enrolment, new PictureFiles(), () => "", Clock),
            ResetCommand = "reset",
            Time = Clock,
            Tokens = Tokens,
            LoadIdentification = () =>
            {
                Looked++;
                return IdentificationService.Load(_models, null, People, new PictureFiles());
            },
            Figures = _figures,
            Builds = Builds,
            Records = new PersonRecords(new FilePersonRecordStorage(DataFolder)),
            Audit = Audit,
            TrainerCommand = "install the trainer",
        };
        _page = DoorPage.Build(settings with { IsOn = true, Port = 0 }, parts, new LoggerFactory());
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));

    public NotingDoor Door { get; } = new();

    public PageFeed Feed { get; } = new();

    public PeopleService People { get; }

    public EnrolmentService Enrolment { get; }

    public ApiTokens Tokens { get; }

    public ModelBuilds Builds { get; }

    public AuditLog Audit { get; }

    public PageAccess Access { get; }

    public string DataFolder { get; }

    /// <summary>How often networks were loaded for a picture.</summary>
    public int Looked { get; private set; }

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _page.Services;

    public static async Task<ApiHouse> OpenAsync(PageSettings? settings = null)
    {
        var house = new ApiHouse(settings ?? new PageSettings());
        await house._page.StartAsync();
        house.Address = new Uri(house._page.Urls.Single() + "/");
        return house;
    }

    /// <summary>A program with a token of these scopes; with <see cref="ApiScopes.None"/> without any.</summary>
    public HttpClient Program(ApiScopes scopes, string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (scopes != ApiScopes.None) token = Tokens.Add($"{scopes} {Guid.NewGuid():N}", scopes);
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Something happens at the door.</summary>
    public async Task HappensAsync(DoorEvent happened)
    {
        await _meters.ReceiveAsync(happened, CancellationToken.None);
        await Feed.ReceiveAsync(happened, CancellationToken.None);
    }

    public void Keep(VisitRecord visit)
    {
        Directory.CreateDirectory(DataFolder);
        using SqliteVisitStore store = SqliteVisitStore.Open(DataFolder, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        store.Save(visit);
    }

    /// <summary>Enrols one of the drawn people from six photos.</summary>
    public void Enrol(FamilyMember member)
    {
        (string, string)[] photos = [.. Enumerable.Range(0, 6).Select(i =>
        {
            string path = _folder[$"{member.Name}-{i}.png"];
            PictureFile.Write(path, Drawn(member.Person, 51_000_000 + i));
            return ($"{i}", path);
        })];
        using GalleryTools tools = GalleryTools.Of(_models.LoadEngine(null));
        Enrolment.FromFiles(member.Name, photos, tools, () => { }, anyway: true, CancellationToken.None);
    }

    public static PixelBuffer Drawn(DrawnPerson person, int seed) => FaceRenderer.Render(
        person, DrawnScene.Random(seed, new SceneVariation
        {
            YawDegrees = 10, PitchDegrees = 5, TiltDegrees = 5, SmallestFacePixels = 95, LargestFacePixels = 130,
        }), 320, 240);

    public async ValueTask DisposeAsync()
    {
        await _page.DisposeAsync();
        Builds.Dispose();
        _figures.Dispose();
        _meters.Dispose();
        _folder.Dispose();
    }
}
