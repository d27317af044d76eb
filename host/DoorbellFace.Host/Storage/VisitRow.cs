using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;

namespace DoorbellFace.Host.Storage;

/// <summary>A visit as a row: times as UTC text that sorts by time, words for enumerations, reasons as a JSON list; readable with any SQLite tool.</summary>
internal static class VisitRow
{
    /// <summary>The columns, in the order in which <see cref="Read"/> wants them.</summary>
    public const string Columns =
        "id, started_at, ended_at, started_by, outcome, name, score, rings, frames_seen, frames_with_face, frames_refused, reasons, picture";

    /// <summary>Writes a visit, new or known; parameters by <see cref="AddParameters"/>.</summary>
    public const string Upsert =
        $"""
        INSERT INTO visits ({Columns}, saved_at)
        VALUES ($id, $started_at, $ended_at, $started_by, $outcome, $name, $score, $rings, $frames_seen, $frames_with_face, $frames_refused, $reasons, $picture, $saved_at)
        ON CONFLICT (id) DO UPDATE SET
            started_at = excluded.started_at, ended_at = excluded.ended_at, started_by = excluded.started_by, outcome = excluded.outcome,
            name = excluded.name, score = excluded.score, rings = excluded.rings, frames_seen = excluded.frames_seen,
            frames_with_face = excluded.frames_with_face, frames_refused = excluded.frames_refused, reasons = excluded.reasons,
            picture = excluded.picture, saved_at = excluded.saved_at
        """;

    private static readonly JsonSerializerOptions AnyLetters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The parameters of <see cref="Upsert"/>.</summary>
    public static void AddParameters(SqliteParameterCollection parameters, VisitRecord visit, DateTimeOffset savedAt)
    {
        parameters.AddWithValue("$id", IdText(visit.Id));
        parameters.AddWithValue("$started_at", TimeText(visit.StartedAt));
        parameters.AddWithValue("$ended_at", visit.EndedAt is { } end ? TimeText(end) : DBNull.Value);
        parameters.AddWithValue("$started_by", visit.StartedBy.ToString());
        parameters.AddWithValue("$outcome", visit.Outcome.ToString());
        parameters.AddWithValue("$name", visit.Name ?? (object)DBNull.Value);
        parameters.AddWithValue("$score", visit.Score is { } score ? (double)score : DBNull.Value);
        parameters.AddWithValue("$rings", visit.Rings);
        parameters.AddWithValue("$frames_seen", visit.FramesSeen);
        parameters.AddWithValue("$frames_with_face", visit.FramesWithFace);
        parameters.AddWithValue("$frames_refused", visit.FramesRefused);
        parameters.AddWithValue("$reasons", JsonSerializer.Serialize(visit.Reasons, AnyLetters));
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
                Id = Guid.ParseExact(id, "D"),
                StartedAt = Time(row.GetString(1)),
                EndedAt = row.IsDBNull(2) ? null : Time(row.GetString(2)),
                StartedBy = Enum.Parse<VisitStart>(row.GetString(3)),
                Outcome = Enum.Parse<VisitOutcome>(row.GetString(4)),
                Name = row.IsDBNull(5) ? null : row.GetString(5),
                Score = row.IsDBNull(6) ? null : (float)row.GetDouble(6),
                Rings = row.GetInt32(7),
                FramesSeen = row.GetInt32(8),
                FramesWithFace = row.GetInt32(9),
                FramesRefused = row.GetInt32(10),
                Reasons = JsonSerializer.Deserialize<string[]>(row.GetString(11)) ?? [],
                PicturePath = row.IsDBNull(12) ? null : row.GetString(12),
            };
        }
        catch (Exception error) when (error is FormatException or ArgumentException or JsonException or OverflowException)
        {
            throw new VisitStoreException($"The visit {id} cannot be read: {error.Message} Has another program changed the database?", error);
        }
    }

    /// <summary>An id as it stands in the table.</summary>
    public static string IdText(Guid id) => id.ToString("D");

    /// <summary>A time as it stands in the table.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A time from the table.</summary>
    public static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
