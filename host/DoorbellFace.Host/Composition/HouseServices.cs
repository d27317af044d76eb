using DoorbellFace.Adapters.Decoding;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Adapters.Training;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Models;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Training;
using DoorbellFace.Application.Visits;
using DoorbellFace.Application.Wall;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Composition;

/// <summary>The use cases of a house over the adapters of this computer: one data folder, one clock, one log.</summary>
internal sealed class HouseServices : IDisposable
{
    private readonly string? _modelFolder;
    private readonly FaceModels _models;

    /// <summary>Puts them together; nothing is opened or loaded before it is needed.</summary>
    /// <param name="dataFolder">Where everything is kept.</param>
    /// <param name="log">For remarks.</param>
    /// <param name="modelFolder">The one model to use; null for the family's own or, without one, the shipped one.</param>
    /// <param name="detector">What finds the faces.</param>
    /// <param name="voice">The voice that says the names at the door; null for the one of the settings.</param>
    /// <param name="loadTools">Loads the networks for enrolment, from a model's folder; null for the real ones.</param>
    public HouseServices(string dataFolder, ILogger log, string? modelFolder = null, DetectorChoice? detector = null, string? voice = null,
        Func<string?, GalleryTools>? loadTools = null)
    {
        (DataFolder, _modelFolder) = (dataFolder, modelFolder);
        _models = (detector ?? new DetectorChoice()).Models();
        Models = ModelsOf(dataFolder);
        PeopleStorage = new SqlitePeopleStorage(dataFolder, log);
        VisitStorage = new SqliteVisitStorage(dataFolder, TimeProvider.System, log);
        Visits = new VisitService(VisitStorage, PeopleStorage, TimeProvider.System);
        LoadTools = () => (loadTools ?? (folder => GalleryTools.Of(_models.LoadEngine(folder))))(Backbone);
        RulesStorage = new FileRulesStorage(dataFolder);
        Rules = new RulesService(RulesStorage);
        WallStorage = new FileWallStorage(dataFolder);
        Wall = new WallService(WallStorage);
        DeviceMemory = new FileDeviceMemory(dataFolder);
        var names = new EspeakNameVoice(() => voice ?? RunSettings.UsualVoice());
        Builds = new BuildFolder(dataFolder);
        Records = new PersonRecords(new FilePersonRecordStorage(dataFolder));
        People = new PeopleService(PeopleStorage, Visits, LoadTools, names, Rules, ids =>
        {
            Builds.Clear();
            Records.Forget(ids);
        });
        SentPictures = new SentPictures(Pictures, PictureReaderProgram.Line(), TimeProvider.System, log);
        Enrolment = new EnrolmentService(People, Visits, SentPictures, TimeProvider.System, names);
    }

    /// <summary>Reads and writes picture files.</summary>
    public static IPictureFiles Pictures { get; } = new PictureFiles();

    /// <summary>The same for whatever somebody sent: it is read in a process of its own, which is started for the first one.</summary>
    public SentPictures SentPictures { get; }

    /// <summary>Where everything is kept.</summary>
    public string DataFolder { get; }

    /// <summary>The family's own models.</summary>
    public IModelStore Models { get; }

    /// <summary>Opens the store of the people.</summary>
    public IPeopleStorage PeopleStorage { get; }

    /// <summary>Opens the store of the visits.</summary>
    public IVisitStorage VisitStorage { get; }

    /// <summary>The visits that were kept.</summary>
    public VisitService Visits { get; }

    /// <summary>Where the rules of the house are kept.</summary>
    public IRulesStorage RulesStorage { get; }

    /// <summary>The rules of the house.</summary>
    public RulesService Rules { get; }

    /// <summary>Where the faces on the wall are kept.</summary>
    public IWallStorage WallStorage { get; }

    /// <summary>Where the numbers of the doorbells are kept.</summary>
    public IDeviceMemory DeviceMemory { get; }

    /// <summary>The faces on the wall.</summary>
    public WallService Wall { get; }

    /// <summary>Who is enrolled.</summary>
    public PeopleService People { get; }

    /// <summary>Lets the doorbell know people.</summary>
    public EnrolmentService Enrolment { get; }

    /// <summary>What is noted of people.</summary>
    public PersonRecords Records { get; }

    /// <summary>Who did what by the page, by tokens and at the console.</summary>
    public AuditLog Audit => new(new FileAuditStorage(DataFolder), TimeProvider.System);

    /// <summary>Where models are made.</summary>
    public IBuildFolder Builds { get; }

    /// <summary>Makes models of the family's own; one of the callers at a time may have one.</summary>
    public ModelBuilds MakeModels() =>
        new(new TrainerProcess(TrainerProgram.Find()), Builds, Models, People, Pictures, TimeProvider.System);

    /// <summary>Who may open the page.</summary>
    public PageAccess PageAccess => PageAccessOf(DataFolder);

    /// <summary>The tokens of other programs.</summary>
    public ApiTokens Tokens => TokensOf(DataFolder);

    /// <summary>Loads the networks for enrolment.</summary>
    public Func<GalleryTools> LoadTools { get; }

    /// <summary>Where a door's networks and people come from.</summary>
    public RecognitionSources Recognition => new(_models, Models, PeopleStorage, _modelFolder, Records);

    /// <summary>
    /// Loads what says who is on photos: with the model that was named, or the family's own, of either kind, or the shipped one.
    /// </summary>
    public IdentificationService LoadIdentification() =>
        IdentificationService.Load(_models, _modelFolder ?? Models.Current, People, SentPictures);

    /// <summary>
    /// The backbone's folder: the one that was named, or the family's own if that is a backbone; null for the shipped one.
    /// </summary>
    private string? Backbone =>
        _modelFolder ?? (Models.Current is { } own && _models.TaskOf(own) == Core.Models.ModelTask.Embedding ? own : null);

    /// <summary>Notes what a command has changed.</summary>
    /// <param name="act">What was done.</param>
    /// <param name="person">To whom; null when it concerns nobody.</param>
    public void NoteAtConsole(AuditAct act, PersonId? person = null) => ConsoleAudit.Note(DataFolder, act, person);

    /// <inheritdoc/>
    public void Dispose() => SentPictures.Dispose();

    /// <summary>Who may open the page of a data folder.</summary>
    public static PageAccess PageAccessOf(string dataFolder) => new(new FilePageAccessStorage(dataFolder));

    /// <summary>The tokens of other programs, of a data folder.</summary>
    public static ApiTokens TokensOf(string dataFolder) => new(new FileTokenStorage(dataFolder), TimeProvider.System);

    /// <summary>The models of a data folder; what a door could not use is refused.</summary>
    public static IModelStore ModelsOf(string dataFolder) => new FolderModelStore(dataFolder, ModelCheck.Run);
}
