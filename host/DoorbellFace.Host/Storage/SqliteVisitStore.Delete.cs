using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Storage;

/// <content>Deleting, so that nothing of a visit can be read from the files afterwards.</content>
internal sealed partial class SqliteVisitStore
{
    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be deleted.</exception>
    public bool Delete(Guid id)
    {
        if (Find(id) is not { } visit) return false;
        DeleteAll([visit]);
        return true;
    }

    /// <summary>Deletes, likewise, every visit that ended before an instant.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="VisitStoreException">They cannot be deleted.</exception>
    public int DeleteEndedBefore(DateTimeOffset instant)
    {
        List<VisitRecord> old = Read("WHERE ended_at < $instant", ("$instant", VisitRow.TimeText(instant)));
        DeleteAll(old);
        return old.Count;
    }

    /// <summary>Deletes, likewise, every visit that was answered with a name and has ended.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="VisitStoreException">They cannot be deleted.</exception>
    public int DeleteNamed(string name)
    {
        List<VisitRecord> named = Read("WHERE name = $name AND ended_at IS NOT NULL", ("$name", name));
        DeleteAll(named);
        return named.Count;
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
                command.Parameters.AddWithValue("$id", VisitRow.IdText(visit.Id));
                command.ExecuteNonQuery();
            }
            transaction.Commit();
            EmptyLog();
            return 0;
        });
    }

    private void EmptyLog()
    {
        if (!SqliteFile.TryEmptyLog(_connection))
            _log.LogWarning("Another program was reading the visits: what was deleted leaves the log file when the next one is deleted, or when the last program closes.");
    }
}
