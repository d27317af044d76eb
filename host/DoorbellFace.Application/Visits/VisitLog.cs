using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Visits;

/// <summary>
/// Keeps every ring, visit and picture: a ring before the device is told that it was heard, a visit as soon as it begins, again when it is
/// answered, and for good when it ends. A store that cannot be used, or is taken away, costs the record and nothing else: it is tried again
/// with every event, what could not be kept meanwhile is kept then, and its loss is spoken once. The picture is the frame as it came, so
/// that a person can be enrolled with it. Thread-safe.
/// </summary>
public sealed class VisitLog : IDoorSubscriber, IDisposable
{
    /// <summary>Visits that wait until they can be kept; beyond that the oldest is given up.</summary>
    private const int MostOwed = 100;

    private readonly Lock _gate = new();
    private readonly IVisitStorage _storage;
    private readonly IPictureFiles _pictures;
    private readonly Action<Announcement> _say;
    private readonly ILogger _log;
    private readonly Language _language;
    private readonly Dictionary<VisitId, string> _picturePaths = [];
    private readonly HashSet<VisitId> _kept = [];
    private readonly OrderedDictionary<VisitId, VisitChanged> _owed = [];
    private IVisitStore? _store;
    private readonly HashSet<string> _troubles = [];
    private bool _isUnsaid;

    private VisitLog(IVisitStorage storage, IPictureFiles pictures, Action<Announcement> say, ILogger log, Language language) =>
        (_storage, _pictures, _say, _log, _language) = (storage, pictures, say, log, language);

    /// <inheritdoc/>
    public string Name => "the record of visits";

    /// <summary>Opens the record.</summary>
    /// <param name="storage">Opens the store.</param>
    /// <param name="pictures">Encodes pictures.</param>
    /// <param name="say">Says that the record is lost, and that it is back.</param>
    /// <param name="log">For remarks.</param>
    /// <param name="language">What it is said in; null: English.</param>
    /// <exception cref="DoorbellException">Another program keeps its visits there: two records of one folder would spoil each other. Other
    /// trouble is only spoken.</exception>
    public static VisitLog Open(IVisitStorage storage, IPictureFiles pictures, Action<Announcement> say, ILogger log,
        Language? language = null)
    {
        var visitLog = new VisitLog(storage, pictures, say, log, language ?? Language.English);
        try
        {
            visitLog._store = storage.OpenAsOwner();
        }
        catch (DoorbellException error) when (error.Kind != ErrorKind.InUse)
        {
            visitLog._log.LogError("{Reason}", error.Message);
            visitLog._isUnsaid = visitLog._troubles.Add(error.Message);
        }
        return visitLog;
    }

    /// <summary>Keeps a ring where the end of the program cannot lose it. Never throws.</summary>
    public Task KeepRingAsync(DoorId door, DateTimeOffset at, PressId press) =>
        Task.Run(() => TryKeep(store => store.KeepRing(door, at, press)));

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        // What went wrong before anybody listened is said when the door begins to tell what happens.
        if (_isUnsaid) Say(Sentence.RecordLost);
        _isUnsaid = false;
        switch (happened)
        {
            case VisitChanged changed:
                Owe(changed);
                TryKeep(KeepOwed);
                break;
            case VisitForgotten forgotten:
                lock (_gate) _owed.Remove(forgotten.Visit.Id);
                TryKeep(store => Forget(store, forgotten.Visit));
                break;
            case PeopleChanged people:
                ForgetOwed(people.Names);
                break;
            default:
                break;
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _store?.Dispose();
    }

    /// <summary>Only the latest of a visit is owed: it says all that the earlier ones said.</summary>
    private void Owe(VisitChanged changed)
    {
        lock (_gate)
        {
            _owed[changed.Happened.Visit.Id] = changed;
            if (_owed.Count > MostOwed) _owed.RemoveAt(0);
        }
    }

    private void KeepOwed(IVisitStore store)
    {
        while (_owed.Count > 0)
        {
            Keep(store, _owed.GetAt(0).Value);
            _owed.RemoveAt(0);
        }
    }

    /// <summary>What waits to be kept must not bring back somebody who was removed meanwhile.</summary>
    private void ForgetOwed(IReadOnlyList<string> names)
    {
        lock (_gate)
        {
            foreach (VisitId id in _owed.Where(owed => NamesIn(owed.Value.Happened.Visit).Except(names).Any()).Select(owed => owed.Key)
                .ToArray()) _owed.Remove(id);
        }
    }

    private static IEnumerable<string> NamesIn(VisitRecord visit) => visit.Visitors().Select(visitor => visitor.Name).OfType<string>();

    private void Keep(IVisitStore store, VisitChanged changed)
    {
        VisitRecord visit = changed.Happened.Visit;
        // What was kept before and is gone now was deleted by somebody; it must not come back with the next change.
        bool isDeleted = _kept.Contains(visit.Id) && store.Find(visit.Id) is null;
        VisitRecord toKeep = visit with { PicturePath = _picturePaths.GetValueOrDefault(visit.Id) };
        if (visit.Outcome == VisitOutcome.Forgotten || _kept.Contains(visit.Id)) store.Update(toKeep);
        else store.Save(toKeep);
        _kept.Add(visit.Id);
        // The row first: a picture that finds no room on the disk must not keep the visit out as well.
        if (!isDeleted && visit.Outcome != VisitOutcome.Forgotten && changed.Happened is VisitorIdentified or VisitEnded
            && changed.Picture is { } picture)
        {
            _picturePaths[visit.Id] = store.SavePicture(visit, _pictures.EncodePng(picture.Pixels));
            store.Update(toKeep with { PicturePath = _picturePaths[visit.Id] });
        }
        if (changed.Happened is VisitStarted or VisitorRangAgain) store.ForgetRings(visit.Door, changed.At);
        if (changed.Happened is not VisitEnded) return;
        _picturePaths.Remove(visit.Id);
        _kept.Remove(visit.Id);
    }

    private void Forget(IVisitStore store, VisitRecord visit)
    {
        _picturePaths.Remove(visit.Id);
        store.DeletePicture(visit);
        store.Update(visit);
    }

    private void TryKeep(Action<IVisitStore> keep)
    {
        lock (_gate)
        {
            try
            {
                if (_store is { IsThere: false })
                {
                    _store.Dispose();
                    _store = null;
                    // In a new store the visit that goes on is new as well.
                    _kept.Clear();
                    _log.LogWarning("The record of visits was deleted or replaced while the door was open; a new one is begun.");
                }
                _store ??= _storage.OpenAsOwner();
                keep(_store);
                if (_troubles.Count == 0) return;
                _troubles.Clear();
                _log.LogInformation("Visits are kept again.");
                Say(Sentence.RecordBack);
            }
            catch (DoorbellException error)
            {
                Fail(error);
            }
        }
    }

    private void Fail(DoorbellException error)
    {
        bool isNews = _troubles.Count == 0;
        // A ring and its visit may fail with different words, in turn; each is logged once until something can be kept again.
        if (_troubles.Add(error.Message)) _log.LogError("{Reason}", error.Message);
        if (isNews) Say(Sentence.RecordLost);
    }

    private void Say(Sentence sentence) => _say(new Announcement(_language.Say(sentence), AnnouncementPriority.High, "record of visits"));
}
