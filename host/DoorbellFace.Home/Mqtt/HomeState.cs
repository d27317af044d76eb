using System.Globalization;
using System.Text.Json.Nodes;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Rules;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Home.Mqtt;

/// <summary>
/// Turns what happens at the door into messages. What the house knows (people, visits, rules) is read from it, and not remembered here, so
/// that a rename or a removal is followed wherever it was made. Thread-safe.
/// </summary>
internal sealed class HomeState
{
    private readonly MqttOptions _options;
    private readonly HomeTopics _topics;
    private readonly HomeHouse _house;
    private readonly Outbox _outbox;
    private readonly DeviceDiscovery _discovery;
    private readonly VisitorEvents _visitors;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _gone = new(StringComparer.Ordinal);
    private readonly Dictionary<PersonId, DateTimeOffset> _seenAt = [];
    private IReadOnlyList<PersonEntity> _people = [];
    private string? _rulesStamp, _trouble, _fault;
    private VisitRecord? _last;
    private (VisitId Visit, string Name)? _corrected;
    private bool _hasLastSaid;

    public HomeState(MqttOptions options, HomeTopics topics, DoorId door, HomeHouse house, Outbox outbox, ILogger log)
    {
        (_options, _topics, _house, _outbox, _log) = (options, topics, house, outbox, log);
        _discovery = new DeviceDiscovery(options, topics, door, house.Version);
        _visitors = new VisitorEvents(house.Language);
    }

    /// <summary>How things stand before anything has happened.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _outbox.Set(_topics.HouseDiscovery, Payload.Of(_discovery.House()));
            _outbox.Set(_topics.HouseState, Payload.Of(_house.Version));
            _outbox.Set(_topics.Cable, Payload.Of("OFF"));
            _outbox.Set(_topics.SomeoneInView, Payload.Of("OFF"));
            _outbox.Set(_topics.LastSentence, Payload.Of(new JsonObject { ["sentence"] = "" }));
            ReadHouse();
            TellProblem();
            TellMissed();
            TellRules();
        }
    }

    /// <summary>Something has happened at the door.</summary>
    public void Hear(DoorEvent happened)
    {
        lock (_gate)
        {
            switch (happened)
            {
                case BellRang bell:
                    _outbox.Add(OnceKind.Ring, _topics.Ring,
                        Payload.Of(
                        new JsonObject { ["event_type"] = "ring", ["id"] = $"{bell.Boot}-{bell.Press}", ["at"] = Payload.Time(bell.At) }),
                            bell.At);
                    break;
                case DoorbellFound:
                    _fault = null;
                    _outbox.Set(_topics.Cable, Payload.Of("ON"));
                    TellProblem();
                    break;
                case DoorbellLost lost:
                    _fault = lost.Reason;
                    _outbox.Set(_topics.Cable, Payload.Of("OFF"));
                    _outbox.Set(_topics.SomeoneInView, Payload.Of("OFF"));
                    TellProblem();
                    break;
                case FrameLookedAt frame:
                    _outbox.Set(_topics.SomeoneInView, Payload.Of(frame.Faces > 0 ? "ON" : "OFF"));
                    break;
                case VisitChanged changed:
                    HearVisit(changed);
                    break;
                case VisitForgotten forgotten:
                    _last = forgotten.Visit;
                    Forget();
                    break;
                case PeopleChanged people:
                    _trouble = people.Trouble;
                    ReadHouse();
                    TellProblem();
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Time passes: rules that were changed, and rings that were missed, are told.</summary>
    public void Tick(DoorStatus door)
    {
        lock (_gate)
        {
            if (door.Trouble != _trouble)
            {
                _trouble = door.Trouble;
                TellProblem();
            }
            TellMissed();
            TellRules();
        }
    }

    /// <summary>What a self-test has found.</summary>
    /// <param name="fault">What is wrong, as a sentence; null: nothing.</param>
    /// <param name="at">When.</param>
    public void Tested(string? fault, DateTimeOffset at)
    {
        lock (_gate) _outbox.Set(_topics.Problem, Problem(fault ?? _fault ?? _trouble, at));
    }

    /// <summary>Somebody has said who a visitor was.</summary>
    public void Corrected(VisitId visit, string? name)
    {
        lock (_gate)
        {
            _corrected = name is null ? null : (visit, name);
            ReadHouse();
        }
    }

    /// <summary>What was said of the door before this program began: what is no longer part of it is removed.</summary>
    /// <param name="before">The retained introduction that the broker still had.</param>
    public void Found(ReadOnlySpan<byte> before)
    {
        lock (_gate)
        {
            try
            {
                if ((JsonNode.Parse(before) as JsonObject)?["components"] is not JsonObject components) return;
                JsonObject now = _discovery.Door(_people, new Dictionary<string, string>())["components"]!.AsObject();
                foreach ((string key, JsonNode? component) in components)
                {
                    if (!now.ContainsKey(key) && component is JsonObject { Count: > 0 } entity
                        && entity["platform"]?.GetValue<string>() is { } platform) Remove(key, platform,
                        entity["state_topic"]?.GetValue<string>());
                }
                TellDoor();
            }
            catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException)
            {
                _log.LogDebug("What the broker had kept of this door is no introduction: {Reason}", error.Message);
            }
        }
    }

    /// <summary>The broker has been told what to remove; from now on it is left out.</summary>
    /// <param name="told">The introduction that it was told.</param>
    public void Removed(ReadOnlySpan<byte> told)
    {
        lock (_gate)
        {
            if (_gone.Count == 0 || !told.SequenceEqual(Introduction())) return;
            _gone.Clear();
            TellDoor();
        }
    }

    private void HearVisit(VisitChanged changed)
    {
        VisitRecord visit = changed.Happened.Visit;
        if (changed.Happened is VisitStarted) _corrected = null;
        if (changed.Happened is VisitorIdentified identified)
        {
            _last = visit;
            _outbox.Add(OnceKind.Visitor, _topics.Visitor, Payload.Of(VisitorEvents.Event(identified, changed.Says?.Text)), changed.At);
            if (changed.Says is { } says)
            {
                _hasLastSaid = true;
                string sentence = Payload.Short(says.Text, DeviceDiscovery.LongestState);
                _outbox.Set(_topics.LastSentence, Payload.Of(new JsonObject { ["sentence"] = sentence }));
            }
            if (changed.Picture is { } picture)
                _outbox.Add(OnceKind.Picture, _topics.Picture, _house.EncodeJpeg(picture.Pixels), changed.At);
            foreach (Visitor visitor in visit.Visitors())
                if (visitor is { Outcome: VisitOutcome.Known, Person: { } person }) _seenAt[person] = changed.At;
            TellLast();
            TellPeople();
        }
        if (changed.Happened is not VisitEnded) return;
        _last = visit;
        _outbox.Set(_topics.SomeoneInView, Payload.Of("OFF"));
        TellLast();
    }

    /// <summary>Who is enrolled, and who came last, by the names of today.</summary>
    private void ReadHouse()
    {
        try
        {
            IReadOnlyList<PersonOutline> enrolled = _house.People.List();
            PersonEntity[] people = _options.HasPersonSensors
                ? [.. enrolled.Select(person => new PersonEntity(person.Id, person.Name))]
                : [];
            foreach (PersonEntity gone in _people.Where(before => people.All(now => now.Id != before.Id)))
                Remove(HomeTopics.PersonKey(gone.Id), "sensor", _topics.Person(gone.Id));
            _people = people;
            // A visit that goes on may not be kept yet, and what the door says of it is newer than what is kept.
            if (_house.Visits.List(1) is [var kept] && (_last is null || kept.Id == _last.Id || kept.StartedAt > _last.StartedAt))
                _last = kept;
            bool isRemoved = _last?.NamedPeople().Any(person => enrolled.All(one => one.Id != person)) == true;
            if (isRemoved) Forget();
            else TellLast();
        }
        catch (DoorbellException error)
        {
            _log.LogWarning("What the house keeps cannot be told to the broker: {Reason}", error.Message);
            TellLast();
        }
        TellDoor();
        TellPeople();
    }

    private void Forget()
    {
        _outbox.Set(_topics.LastVisitor, Payload.Of(_visitors.Last(_last, isRemoved: true, corrected: null)));
        if (_hasLastSaid) _outbox.Set(_topics.LastSentence, Payload.Of(new JsonObject { ["sentence"] = "" }));
        _hasLastSaid = false;
        _corrected = null;
        // Whoever listens still has the picture: an empty one takes its place.
        _outbox.DropPictures();
        _outbox.Add(OnceKind.Picture, _topics.Picture, [], _last?.StartedAt ?? default);
    }

    private void Remove(string key, string platform, string? stateTopic)
    {
        _gone[key] = platform;
        // An empty retained message takes away what the broker has kept.
        if (stateTopic is not null) _outbox.Set(stateTopic, []);
    }

    private void TellDoor() => _outbox.Set(_topics.DoorDiscovery, Introduction());

    private byte[] Introduction() => Payload.Of(_discovery.Door(_people, _gone));

    private void TellLast() =>
        _outbox.Set(_topics.LastVisitor,
            Payload.Of(_visitors.Last(_last, isRemoved: false,
            _corrected is { } corrected && corrected.Visit == _last?.Id ? corrected.Name : null)));

    private void TellPeople()
    {
        foreach (PersonEntity person in _people)
            if (_seenAt.TryGetValue(person.Id, out DateTimeOffset at)) _outbox.Set(_topics.Person(person.Id), Payload.Of(Payload.Time(at)));
    }

    private void TellProblem() => _outbox.Set(_topics.Problem, Problem(_fault ?? _trouble, testedAt: null));

    private static byte[] Problem(string? fault, DateTimeOffset? testedAt)
    {
        var problem = new JsonObject { ["problem"] = fault is null ? "OFF" : "ON", ["reason"] = fault ?? "" };
        if (testedAt is { } at) problem["tested_at"] = Payload.Time(at);
        return Payload.Of(problem);
    }

    private void TellMissed() => _outbox.Set(
        _topics.MissedRings,
        Payload.Of(new JsonObject { ["count"] = _outbox.Counters.MissedRings, ["last"] = _outbox.LastMissed is { } at
            ? Payload.Time(at)
            : null }));

    private void TellRules()
    {
        string stamp = _house.RulesStorage.Stamp;
        if (stamp == _rulesStamp) return;
        _rulesStamp = stamp;
        HouseRules rules;
        try
        {
            rules = _house.Rules.Read();
        }
        catch (DoorbellException)
        {
            // The door says it, and goes by none.
            rules = HouseRules.None;
        }
        _outbox.Set(_topics.Mute, Payload.Of(rules.IsMuted ? "ON" : "OFF"));
        _outbox.Set(_topics.Volume, Payload.Of(rules.VolumePercent.ToString(CultureInfo.InvariantCulture)));
        _outbox.Set(_topics.Rate, Payload.Of((rules.WordsPerMinute ?? _house.WordsPerMinute).ToString(CultureInfo.InvariantCulture)));
    }
}
