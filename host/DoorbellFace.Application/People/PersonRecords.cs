using System.Text.Json;
using System.Text.Json.Serialization;
using DoorbellFace.Core.Identity;

namespace DoorbellFace.Application.People;

/// <summary>What a household notes of a person, besides pictures and rules.</summary>
/// <param name="Consent">What the person agreed to, in the household's words; null when nothing is noted.</param>
/// <param name="ConsentDate">When; null when nothing is noted.</param>
/// <param name="IsPaused">The doorbell does not know them for now; their pictures stay.</param>
public sealed record PersonRecord(string? Consent = null, DateOnly? ConsentDate = null, bool IsPaused = false)
{
    /// <summary>Nothing is noted.</summary>
    public static PersonRecord None { get; } = new();
}

/// <summary>
/// What is noted of people. A running door takes changes over before its next ring. Thread-safe within a program; what two programs write
/// at once, the later one keeps.
/// </summary>
/// <param name="storage">Where it is kept.</param>
public sealed class PersonRecords(IPersonRecordStorage storage)
{
    /// <summary>Letters of a note.</summary>
    public const int LongestNote = 500;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Lock _gate = new();

    /// <summary>Changes whenever something was noted, by whatever program; cheap to ask. Never throws.</summary>
    public string Stamp => storage.Stamp;

    /// <summary>What is noted of a person.</summary>
    /// <exception cref="DoorbellException">It cannot be read.</exception>
    public PersonRecord Of(PersonId person) => Read().GetValueOrDefault(person.ToString(), PersonRecord.None);

    /// <summary>Whom the doorbell does not know for now.</summary>
    /// <exception cref="DoorbellException">It cannot be read.</exception>
    public IReadOnlySet<PersonId> Paused() =>
        Read().Where(pair => pair.Value.IsPaused).Select(pair => PersonId.Parse(pair.Key)).ToHashSet();

    /// <summary>Notes something of a person.</summary>
    /// <exception cref="DoorbellException">The note is too long, or it cannot be kept.</exception>
    public void Set(PersonId person, PersonRecord record)
    {
        string? note = record.Consent?.Trim() is { Length: > 0 } text ? text : null;
        if (note?.Length > LongestNote)
            throw new DoorbellException(ErrorKind.InvalidValue, $"The note has {note.Length} letters; {LongestNote} are the most.");
        Change(records => records[person.ToString()] = record with { Consent = note });
    }

    /// <summary>Leaves nothing about some people.</summary>
    /// <exception cref="DoorbellException">It cannot be read or kept.</exception>
    public void Forget(IReadOnlyCollection<PersonId> people)
    {
        if (storage.Read() is null) return;
        Change(records =>
        {
            foreach (PersonId person in people) records.Remove(person.ToString());
        });
    }

    private void Change(Action<Dictionary<string, PersonRecord>> change)
    {
        lock (_gate)
        {
            Dictionary<string, PersonRecord> records = Read();
            change(records);
            storage.Write(JsonSerializer.Serialize(records, Json));
        }
    }

    private Dictionary<string, PersonRecord> Read()
    {
        if (storage.Read() is not { Length: > 0 } text) return [];
        try
        {
            Dictionary<string, PersonRecord>? records = JsonSerializer.Deserialize<Dictionary<string, PersonRecord>>(text, Json);
            if (records?.Keys.All(key => Guid.TryParseExact(key, "D", out _)) == true) return records;
        }
        catch (JsonException)
        {
            // The sentence below says it.
        }
        throw new DoorbellException(ErrorKind.UnusableInput, "What is noted of people cannot be understood.");
    }
}
