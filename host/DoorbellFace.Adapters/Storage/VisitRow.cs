using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// A visit as a row: times as UTC text that sorts by time, words for enumerations, reasons and company as JSON lists; readable with any
/// SQLite tool.
/// </summary>
public static class VisitRow
{
    /// <summary>The columns, in the order in which <see cref="Read"/> wants them.</summary>
    public const string Columns =
        "id, started_at, ended_at, started_by, outcome, name, rings, frames_seen, frames_with_face, frames_refused, reasons, picture, "
        + "door_id, person_id, "
        + "similarity, score, accept, reject, probability, company";

    /// <summary>All columns but the id, as they are set when a visit is known already.</summary>
    private const string Changes =
        """
        started_at = $started_at, ended_at = $ended_at, started_by = $started_by, outcome = $outcome, name = $name, rings = $rings,
        frames_seen = $frames_seen, frames_with_face = $frames_with_face, frames_refused = $frames_refused,
        reasons = $reasons, picture = $picture,
        door_id = $door_id, person_id = $person_id, similarity = $similarity, score = $score, accept = $accept, reject = $reject,
        probability = $probability, company = $company, saved_at = $saved_at
        """;

    /// <summary>Writes a visit, new or known; parameters by <see cref="AddParameters"/>.</summary>
    public const string Upsert =
        $"""
        INSERT INTO visits ({Columns}, saved_at)
        VALUES ($id, $started_at, $ended_at, $started_by, $outcome, $name, $rings, $frames_seen, $frames_with_face, $frames_refused,
            $reasons, $picture,
            $door_id, $person_id, $similarity, $score, $accept, $reject, $probability, $company, $saved_at)
        ON CONFLICT (id) DO UPDATE SET {Changes}
        """;

    /// <summary>Writes a visit that is known, and nothing when it was deleted; parameters by <see cref="AddParameters"/>.</summary>
    public const string Update = $"UPDATE visits SET {Changes} WHERE id = $id";

    private static readonly JsonSerializerOptions AnyLetters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Company = new(AnyLetters)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The parameters of <see cref="Upsert"/>.</summary>
    public static void AddParameters(SqliteParameterCollection parameters, VisitRecord visit, DateTimeOffset savedAt)
    {
        parameters.AddWithValue("$id", visit.Id.ToString());
        parameters.AddWithValue("$door_id", visit.Door.Value);
        parameters.AddWithValue("$person_id", visit.Person is { } person ? person.ToString() : DBNull.Value);
        parameters.AddWithValue("$similarity", Number(visit.Figures?.Similarity));
        parameters.AddWithValue("$score", Number(visit.Figures?.Score));
        parameters.AddWithValue("$accept", Number(visit.Figures?.Accept));
        parameters.AddWithValue("$reject", Number(visit.Figures?.Reject));
        parameters.AddWithValue("$probability", Number(visit.Figures?.Probability));
        parameters.AddWithValue("$started_at", TimeText(visit.StartedAt));
        parameters.AddWithValue("$ended_at", visit.EndedAt is { } end ? TimeText(end) : DBNull.Value);
        parameters.AddWithValue("$started_by", visit.StartedBy.ToString());
        parameters.AddWithValue("$outcome", visit.Outcome.ToString());
        parameters.AddWithValue("$name", visit.Name ?? (object)DBNull.Value);
        parameters.AddWithValue("$rings", visit.Rings);
        parameters.AddWithValue("$frames_seen", visit.FramesSeen);
        parameters.AddWithValue("$frames_with_face", visit.FramesWithFace);
        parameters.AddWithValue("$frames_refused", visit.FramesRefused);
        parameters.AddWithValue("$reasons", JsonSerializer.Serialize(visit.Reasons, AnyLetters));
        parameters.AddWithValue("$company", JsonSerializer.Serialize(visit.Company, Company));
        parameters.AddWithValue("$picture", visit.PicturePath ?? (object)DBNull.Value);
        parameters.AddWithValue("$saved_at", TimeText(savedAt));
    }

    /// <summary>Reads the row under the reader.</summary>
    /// <exception cref="VisitStoreException">Somebody has written what this program does not write.</exception>
    public static VisitRecord Read(SqliteDataReader row)
    {
        string id = row.GetString(0);
        try
        {
            return new VisitRecord
            {
                Id = VisitId.Parse(id),
                Door = new DoorId(row.GetString(12)),
                Person = row.IsDBNull(13) ? null : PersonId.Parse(row.GetString(13)),
                StartedAt = Time(row.GetString(1)),
                EndedAt = row.IsDBNull(2) ? null : Time(row.GetString(2)),
                StartedBy = Enum.Parse<VisitStart>(row.GetString(3)),
                Outcome = Enum.Parse<VisitOutcome>(row.GetString(4)),
                Name = row.IsDBNull(5) ? null : row.GetString(5),
                Figures = FiguresOf(row),
                Rings = row.GetInt32(6),
                FramesSeen = row.GetInt32(7),
                FramesWithFace = row.GetInt32(8),
                FramesRefused = row.GetInt32(9),
                Reasons = JsonSerializer.Deserialize<string[]>(row.GetString(10)) ?? [],
                Company = JsonSerializer.Deserialize<Visitor[]>(row.GetString(19), Company) ?? [],
                PicturePath = row.IsDBNull(11) ? null : row.GetString(11),
            };
        }
        catch (Exception error) when (error is FormatException or ArgumentException or JsonException or OverflowException)
        {
            throw new VisitStoreException($"The visit {id} cannot be read: {error.Message} Has another program changed the database?",
                error);
        }
    }

    /// <summary>A time as it stands in the table.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A time from the table.</summary>
    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static object Number(float? value) => value is { } number ? (double)number : DBNull.Value;

    private static MatchFigures? FiguresOf(SqliteDataReader row)
    {
        float?[] numbers =
            [.. Enumerable.Range(14, 5).Select(column => row.IsDBNull(column) ? (float?)null : (float)row.GetDouble(column))];
        return numbers.All(number => number is null)
            ? null
            : new MatchFigures
            {
                Similarity = numbers[0], Score = numbers[1], Accept = numbers[2], Reject = numbers[3], Probability = numbers[4],
            };
    }
}
