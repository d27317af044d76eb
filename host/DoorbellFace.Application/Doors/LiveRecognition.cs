using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Models;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Doors;

/// <summary>Where a door's networks and people come from.</summary>
/// <param name="Models">Loads models.</param>
/// <param name="Store">The family's own models.</param>
/// <param name="People">The people enrolled.</param>
/// <param name="ModelFolder">The one model to use, whatever is installed; null for the family's own or, without one, the shipped
/// one.</param>
/// <param name="Records">Says whom the door does not know for now; null: nobody.</param>
public sealed record RecognitionSources(IFaceModels Models, IModelStore Store, IPeopleStorage People, string? ModelFolder = null,
    PersonRecords? Records = null);

/// <summary>
/// The networks and the people of a running door. It notices before each ring, and a few times a second, whether people were enrolled,
/// renamed or removed or a model was installed, by whomever, and goes on with those. What cannot be loaded never ends the door: a damaged
/// model gives way to the one before it and to the shipped one, people who cannot be read are tried again, and a door without any network
/// still rings. One worker owns it.
/// </summary>
public sealed class LiveRecognition : IRecognition, IDisposable
{
    /// <summary>How long trouble with the store rests before the next attempt.</summary>
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A store that another program holds takes seconds to say so, and a visitor must not wait for that: after this time the door goes on
    /// with whom it knows, and looks later what came of it.
    /// </summary>
    private static readonly TimeSpan OpeningLimit = TimeSpan.FromMilliseconds(200);

    private readonly RecognitionSources _sources;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    private FaceEngine? _engine;
    private ClassifierEngine? _classifier;
    private IGalleryStore? _store;
    private Task<IGalleryStore?>? _opening;
    private bool _isLost;
    private string _stamp = "", _records = "";
    private long _dataVersion;
    private HashSet<PersonId> _known = [], _merged = [];
    private string? _policyModel;
    private string? _modelTrouble, _peopleTrouble;
    private long _triedAt;

    private LiveRecognition(RecognitionSources sources, TimeProvider time, ILogger log) => (_sources, _time, _log) = (sources, time, log);

    /// <inheritdoc/>
    public FaceRecognizer? Recognizer { get; private set; }

    /// <inheritdoc/>
    public GalleryTools? Tools => _engine is { } engine ? GalleryTools.Of(engine, isOwner: false) : null;

    /// <inheritdoc/>
    public IMatchPolicy Policy { get; private set; } = NobodyPolicy.Instance;

    /// <inheritdoc/>
    public Func<IReadOnlyList<EnrolledPerson>, Household>? HouseholdOf => _engine is { } engine ? engine.HouseholdOf : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <inheritdoc/>
    public string? Trouble =>
        _modelTrouble is null ? _peopleTrouble : _peopleTrouble is null ? _modelTrouble : $"{_modelTrouble} {_peopleTrouble}";

    /// <inheritdoc/>
    public Sentence? SpokenTrouble => Recognizer is null
        ? Sentence.CannotLook
        : _isLost ? Sentence.PeopleLost
        : _peopleTrouble is not null ? Sentence.CannotReadPeople
        : _modelTrouble is not null ? Sentence.OtherNetwork : null;

    /// <summary>
    /// Loads what there is. Never throws for a model or a store that cannot be used, except for a model that was asked for by its folder.
    /// </summary>
    /// <exception cref="InvalidModelException">The model that was asked for cannot be used.</exception>
    /// <exception cref="DoorbellException">Its folder is not there.</exception>
    public static LiveRecognition Load(RecognitionSources sources, TimeProvider time, ILogger log)
    {
        var live = new LiveRecognition(sources, time, log) { _stamp = sources.Store.Stamp };
        live.LoadModel();
        live.LoadPeople(Timeout.InfiniteTimeSpan);
        return live;
    }

    /// <inheritdoc/>
    public RecognitionChange? Refresh()
    {
        bool isNewModel = _sources.ModelFolder is null && _sources.Store.Stamp is var stamp && stamp != _stamp;
        if (isNewModel)
        {
            _stamp = _sources.Store.Stamp;
            LoadModel();
        }
        if (!isNewModel && !PeopleHaveChanged()) return null;
        HashSet<PersonId> before = _known;
        // A new model cannot go on with the people as the one before saw them.
        LoadPeople(isNewModel ? Timeout.InfiniteTimeSpan : OpeningLimit);
        // Who could not be read just now was not removed.
        IEnumerable<PersonId> removed = _peopleTrouble is null ? before.Except(_known).Except(_merged) : [];
        return new RecognitionChange(!isNewModel, removed.ToHashSet());
    }

    /// <summary>
    /// Looks at a blank picture once with every part, so that the first visitor does not wait for what is only set up on first use.
    /// </summary>
    public void WarmUp()
    {
        _engine?.WarmUp();
        _classifier?.WarmUp();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store?.Dispose();
        // What is still being opened is closed when it is there.
        _opening?.ContinueWith(opened => opened.Result?.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
        _engine?.Dispose();
        _classifier?.Dispose();
    }

    private void LoadModel()
    {
        (FaceEngine? oldEngine, ClassifierEngine? oldClassifier) = (_engine, _classifier);
        (_engine, _classifier, _modelTrouble) = (null, null, null);
        if (_sources.ModelFolder is { } named) Use(named);
        else if (!((string?[])[_sources.Store.Current, _sources.Store.Previous]).OfType<string>().Any(TryUse)) TryUse(null);
        Recognizer = _engine is { } engine ? new FaceRecognizer(engine.Finder, engine.Reader)
            : _classifier is { } classifier ? new FaceRecognizer(classifier.Finder, classifier.Reader) : null;
        oldEngine?.Dispose();
        oldClassifier?.Dispose();
    }

    private void Use(string? folder)
    {
        if (folder is not null && _sources.Models.TaskOf(folder) == ModelTask.Classification)
            _classifier = _sources.Models.LoadClassifier(folder);
        else _engine = _sources.Models.LoadEngine(folder);
    }

    private bool TryUse(string? folder)
    {
        try
        {
            Use(folder);
            return true;
        }
#pragma warning disable CA1031 // A native library that is missing or damaged throws what it likes; the bell must ring all the same.
        catch (Exception error)
#pragma warning restore CA1031
        {
            string what = folder is null
                ? "The networks that come with the program cannot be used"
                : $"The model in {folder} cannot be used";
            _modelTrouble = $"{(_modelTrouble is null ? "" : _modelTrouble + " ")}{what}: {error.Message}";
            _log.LogError("{What}: {Reason}", what, error.Message);
            return false;
        }
    }

    private bool PeopleHaveChanged()
    {
        if (_classifier is not null || _engine is null) return false;
        try
        {
            if (_opening is null && _peopleTrouble is not null) return _time.GetElapsedTime(_triedAt) > TryAgainAfter;
            if (_store is null) return TryOpen(OpeningLimit) && _store is not null;
            return !_store.IsThere || _store.DataVersion != _dataVersion || (_sources.Records?.Stamp ?? "") != _records;
        }
        catch (DoorbellException error)
        {
            Fail(error);
            return false;
        }
    }

    private void LoadPeople(TimeSpan limit)
    {
        _triedAt = _time.GetTimestamp();
        if (_classifier is { } classifier)
        {
            (Policy, Names, _known) = (new MatchPolicy(classifier.Manifest), classifier.Names, []);
            return;
        }
        if (_engine is not { } engine)
        {
            (Policy, Names, _known) = (NobodyPolicy.Instance, [], []);
            return;
        }
        var gallery = new Gallery(engine.Embedder.Manifest.ModelSha256, []);
        IReadOnlySet<PersonId> paused = new HashSet<PersonId>();
        try
        {
            bool wasThere = _store is not null;
            if (_store is { IsThere: false })
            {
                _store.Dispose();
                _store = null;
            }
            if (!TryOpen(limit)) return;
            _isLost = _store is null && (_isLost || (wasThere && _known.Count > 0));
            if (_store is not null)
            {
                // Asked before reading: what changes meanwhile is noticed the next time.
                _dataVersion = _store.DataVersion;
                _records = _sources.Records?.Stamp ?? "";
                paused = _sources.Records?.Paused() ?? paused;
                gallery = GalleryLoader.Load(_store, engine.Embedder);
                _merged = [.. _store.Merged().Keys];
            }
            if (_peopleTrouble is not null) _log.LogInformation("The people enrolled can be read again.");
            _peopleTrouble = null;
        }
        catch (DoorbellException error)
        {
            Fail(error);
            // Whoever was known before stays known until the store can be read again.
            if (_policyModel == gallery.ModelSha256) return;
        }
        // Who is paused is not removed: their visits stay theirs.
        _known = [.. gallery.People.Select(person => person.Id)];
        if (paused.Count > 0) gallery = new Gallery(gallery.ModelSha256, [.. gallery.People.Where(person => !paused.Contains(person.Id))]);
        var household = new Household(gallery, engine.Strangers, engine.Embedder.Manifest);
        Policy = new GalleryPolicy(household, secondOpinion: SecondOpinion.Of(engine.Embedder.Manifest));
        _policyModel = gallery.ModelSha256;
        Names = [.. household.Templates.Select(template => template.Person.Name)];
    }

    /// <summary>Opens the store, elsewhere, so that nobody waits longer than the limit.</summary>
    /// <returns>False when it is not known yet; the store is null afterwards when nobody was ever enrolled.</returns>
    /// <exception cref="DoorbellException">It cannot be opened.</exception>
    private bool TryOpen(TimeSpan limit)
    {
        if (_store is not null) return true;
        _opening ??= Task.Run(_sources.People.OpenIfThere);
        if (Task.WaitAny([_opening], limit) < 0) return false;
        Task<IGalleryStore?> opened = _opening;
        _opening = null;
        _store = opened.GetAwaiter().GetResult();
        return true;
    }

    private void Fail(DoorbellException error)
    {
        _triedAt = _time.GetTimestamp();
        if (error.Message != _peopleTrouble) _log.LogError("{Reason} Until that changes, nobody new is known by name.", error.Message);
        _peopleTrouble = error.Message;
    }
}
