using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Storage;

/// <content>Deleting, so that nothing of a visit can be read from the files afterwards.</content>
public sealed partial class SqliteVisitStore
{
    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be deleted.</exception>
    public bool Delete(VisitId id)
    {
        if (Find(id) is not { } visit) return false;
        DeleteAll([visit]);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">They cannot be deleted.</exception>
    public void Delete(IReadOnlyCollection<VisitRecord> visits) => DeleteAll([.. visits]);

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">They cannot be deleted.</exception>
    public int DeleteEndedBefore(DateTimeOffset instant)
    {
        List<VisitRecord> old = Read("WHERE ended_at < $instant", ("$instant", VisitRow.TimeText(instant)));
        DeleteAll(old);
        return old.Count;
    }

    private void DeleteAll(List<VisitRecord> visits)
    {
        if (visits.Count == 0) return;
        // Pictures first: a row without its picture can be deleted again, a picture without its row would never be found.
        foreach (VisitRecord visit in visits) Pictures.Delete(visit);
        Guarded("deleted", () =>
        {
            SetSynchronous(isFull: true);
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            foreach (VisitRecord visit in visits)
            {
                using SqliteCommand command = Command("DELETE FROM visits WHERE id = $id");
                command.Transaction = transaction;
                command.Parameters.AddWithValue("$id", visit.Id.ToString());
                command.ExecuteNonQuery();
            }
            transaction.Commit();
            EmptyLog();
            SqliteFile.Execute(_connection, "VACUUM");
            EmptyLog();
            return 0;
        });
    }

    private void EmptyLog()
    {
        if (!SqliteFile.TryEmptyLog(_connection))
            _log.LogWarning(
                "Another program was reading the visits: what was deleted leaves the log file when the next one is deleted, or when the "
                + "last program closes.");
    }
}
