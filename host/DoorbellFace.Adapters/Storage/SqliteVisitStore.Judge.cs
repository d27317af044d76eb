using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;

namespace DoorbellFace.Adapters.Storage;

/// <content>What somebody has said of visits; it goes with the visit.</content>
public sealed partial class SqliteVisitStore
{
    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be written.</exception>
    public void Judge(IReadOnlyCollection<VisitId> visits, VisitJudgement judgement) => Guarded("kept", () =>
    {
        SetSynchronous(isFull: true);
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        foreach (VisitId visit in visits)
        {
            // A visit that was deleted meanwhile has nothing to be said of.
            using SqliteCommand command = Command(
                "INSERT OR REPLACE INTO judgements SELECT id, $kind, $person, $act, $at FROM visits WHERE id = $visit");
            command.Transaction = transaction;
            command.Parameters.AddWithValue("$visit", visit.ToString());
            command.Parameters.AddWithValue("$kind", judgement.Kind.ToString());
            command.Parameters.AddWithValue("$person", judgement.Person is { } person ? person.ToString() : DBNull.Value);
            command.Parameters.AddWithValue("$act", judgement.Act.ToString("D"));
            command.Parameters.AddWithValue("$at", VisitRow.TimeText(judgement.At));
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        return 0;
    });

    /// <inheritdoc/>
    public IReadOnlyDictionary<VisitId, VisitJudgement> Judgements() => Guarded("read", () =>
    {
        using SqliteCommand command = Command("SELECT visit_id, kind, person_id, act, said_at FROM judgements");
        using SqliteDataReader rows = command.ExecuteReader();
        return (IReadOnlyDictionary<VisitId, VisitJudgement>)SqliteFile.ReadAll(rows, ReadJudgement, _log).ToDictionary();
    });

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be written.</exception>
    public int TakeBack(Guid act) => Guarded("kept", () =>
    {
        SetSynchronous(isFull: true);
        using SqliteCommand command = Command("DELETE FROM judgements WHERE act = $act");
        command.Parameters.AddWithValue("$act", act.ToString("D"));
        return command.ExecuteNonQuery();
    });

    private static KeyValuePair<VisitId, VisitJudgement> ReadJudgement(SqliteDataReader row)
    {
        string id = row.GetString(0);
        try
        {
            return new(VisitId.Parse(id), new VisitJudgement(
                Enum.Parse<JudgementKind>(row.GetString(1)), row.IsDBNull(2) ? null : PersonId.Parse(row.GetString(2)),
                Guid.ParseExact(row.GetString(3), "D"), VisitRow.Time(row.GetString(4))));
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new VisitStoreException(
                $"What was said of the visit {id} cannot be read: {error.Message} Has another program changed the database?", error);
        }
    }
}
