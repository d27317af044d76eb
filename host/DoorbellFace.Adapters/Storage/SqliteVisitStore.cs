using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Storage;

/// <summary>Who opens a store.</summary>
public enum StoreAccess
{
    /// <summary>The program that keeps visits: the only one in its folder.</summary>
    Owner,

    /// <summary>A command that looks at visits or deletes some, perhaps while the owner runs.</summary>
    Guest,
}

/// <summary>Visits in an SQLite file, pictures beside it. Thread-safe.</summary>
public sealed partial class SqliteVisitStore : IVisitStore, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly OwnerLock? _ownerLock;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly string _folder;

    private SqliteVisitStore(string folder, SqliteConnection connection, OwnerLock? ownerLock, TimeProvider time, ILogger log)
    {
        _folder = folder;
        _connection = connection;
        _ownerLock = ownerLock;
        _time = time;
        _log = log;
        Pictures = new VisitPictures(folder);
    }

    /// <summary>The pictures of the visits.</summary>
    public VisitPictures Pictures { get; }

    /// <summary>
    /// Opens the store of a folder, making both if they are not there. If no owner lives, what a killed one left open is closed first.
    /// </summary>
    /// <param name="folder">The folder; see <see cref="DataFolder.Default"/>.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="time">The clock for the times at which visits are saved.</param>
    /// <param name="log">For remarks.</param>
    /// <exception cref="DoorbellException">The folder cannot be used, is in use, or holds what this program cannot read.</exception>
    public static SqliteVisitStore Open(string folder, StoreAccess access, TimeProvider time, ILogger log)
    {
        OwnerLock? ownerLock = null;
        try
        {
            if (access == StoreAccess.Guest && Exists(folder) && !PrivateFiles.MayWriteTo(folder))
                return new SqliteVisitStore(folder, SqliteFile.OpenToRead(Path.Combine(folder, VisitDatabase.FileName), VisitSchema.Steps),
                    null, time, log);
            PrivateFiles.CreateFolder(folder);
            ownerLock = TakeLock(folder, access, time);
            var store =
                new SqliteVisitStore(folder, VisitDatabase.Open(folder, mayMoveAside: ownerLock is not null, time, log), ownerLock, time,
                    log);
            if (ownerLock is not null) store.CloseWhatWasLeftOpen();
            // Last: a folder that cannot be used is tried again with every event, and this is no news then. A page opens it
            // for every look beside a door, which has said it.
            if (ownerLock is not null && PrivateFiles.IsOpenToOthers(folder))
                log.LogInformation(
                    "Other users of this computer may look into {Folder}. The visits in it are closed to them all the same; chmod 700 "
                    + "closes the folder.", folder);
            return store;
        }
        catch (SqliteException error) when (SqliteFile.IsHeldByAnother(error))
        {
            ownerLock?.Dispose();
            throw new DoorbellException(ErrorKind.UnusableInput, $"Visits in {folder} cannot be looked at: {SqliteFile.Advice(error)}",
                cause: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            ownerLock?.Dispose();
            throw new DoorbellException(ErrorKind.UnusableInput, $"Visits cannot be kept in {folder}: {error.Message}",
                new Remedy(RemedyKey.ChooseDataFolder), error);
        }
        catch
        {
            ownerLock?.Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder holds a store; asking makes none.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, VisitDatabase.FileName));

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be written.</exception>
    public void Save(VisitRecord visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        Guarded("kept", () =>
        {
            // A visit that has ended is on the disk when this returns; one that goes on is safe from a kill, and costs no wait for the
            // disk.
            SetSynchronous(isFull: visit.EndedAt is not null);
            using SqliteCommand command = Command(VisitRow.Upsert);
            VisitRow.AddParameters(command.Parameters, visit, _time.GetUtcNow());
            return command.ExecuteNonQuery();
        });
    }

    /// <inheritdoc/>
    public bool IsThere => File.Exists(Path.Combine(_folder, VisitDatabase.FileName));

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be written.</exception>
    public void Update(VisitRecord visit) => Guarded("kept", () =>
    {
        SetSynchronous(isFull: visit.EndedAt is not null);
        using SqliteCommand command = Command(VisitRow.Update);
        VisitRow.AddParameters(command.Parameters, visit, _time.GetUtcNow());
        return command.ExecuteNonQuery();
    });

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be written.</exception>
    public string SavePicture(VisitRecord visit, ReadOnlySpan<byte> png) => Pictures.Save(visit, png);

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be removed.</exception>
    public void DeletePicture(VisitRecord visit) => Pictures.Delete(visit);

    /// <inheritdoc/>
    public string? PictureOf(VisitRecord visit) => Pictures.Find(visit);

    /// <inheritdoc/>
    public IReadOnlyList<VisitRecord> OfPeople(IReadOnlyCollection<PersonId> people) =>
        Read($"WHERE {Shows(people)} ORDER BY started_at DESC, id DESC");

    /// <inheritdoc/>
    public IReadOnlyList<VisitRecord> Find(VisitFilter filter, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (conditions, parameters) = (new List<string>(), new List<(string, object)> { ("$limit", count) });
        void Where(string condition, params ReadOnlySpan<(string, object)> values)
        {
            conditions.Add(condition);
            parameters.AddRange(values);
        }
        if (filter.People is { } people) Where(Shows(people));
        if (filter.WithStrangers)
            Where(
                $"(outcome = '{VisitOutcome.Unknown}' OR company <> '[]' AND "
                + $"EXISTS (SELECT 1 FROM json_each(company) WHERE json_extract(value, '$.outcome') = '{VisitOutcome.Unknown}'))");
        if (filter.Unnamed)
            Where(
                $"outcome IN ('{VisitOutcome.Unknown}', '{VisitOutcome.Uncertain}') AND company = '[]' AND picture IS NOT NULL "
                + "AND ended_at IS NOT NULL");
        if (filter.From is { } from) Where("started_at >= $from", ("$from", VisitRow.TimeText(from)));
        if (filter.To is { } to) Where("started_at < $to", ("$to", VisitRow.TimeText(to)));
        if (filter.After is { } after)
            Where(
                "(started_at, id) < ($after_at, $after_id)",
                ("$after_at", VisitRow.TimeText(after.StartedAt)), ("$after_id", after.Id.ToString()));
        string where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)} ";
        return Read($"{where}ORDER BY started_at DESC, id DESC LIMIT $limit", [.. parameters]);
    }

    /// <summary>Company is taken apart only where the person's number is somewhere in it, which saves a fifth of the whole.</summary>
    private static string Shows(IReadOnlyCollection<PersonId> people)
    {
        string ids = string.Join(", ", people.Select(person => $"'{person}'"));
        string mentioned = people.Count == 0 ? "FALSE" : string.Join(" OR ", people.Select(person => $"instr(company, '{person}') > 0"));
        return $"(person_id IN ({ids}) OR id IN (SELECT visit_id FROM judgements WHERE person_id IN ({ids})) OR company <> '[]' "
            + $"AND ({mentioned}) AND EXISTS (SELECT 1 FROM json_each(company) WHERE json_extract(value, '$.person') IN ({ids})))";
    }

    /// <inheritdoc/>
    public IReadOnlyList<VisitRecord> Recent(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Read("ORDER BY started_at DESC, id DESC LIMIT $limit", ("$limit", count));
    }

    /// <inheritdoc/>
    public IReadOnlyList<VisitRecord> Since(DateTimeOffset instant) =>
        Read("WHERE started_at >= $instant ORDER BY started_at DESC, id DESC", ("$instant", VisitRow.TimeText(instant)));

    /// <inheritdoc/>
    public VisitRecord? Find(VisitId id) => Read("WHERE id = $id", ("$id", id.ToString())).SingleOrDefault();

    /// <inheritdoc/>
    public IReadOnlyList<VisitRecord> FindEnding(string ending)
    {
        if (ending.Length == 0 || !ending.All(letter => char.IsAsciiHexDigit(letter) || letter == '-')) return [];
        return Read("WHERE id LIKE '%' || $ending ORDER BY started_at DESC", ("$ending", ending));
    }

    /// <summary>Closes the file; the last one to close it folds the log back into it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
            _ownerLock?.Dispose();
        }
    }

    /// <summary>A command in another terminal holds the lock for a few milliseconds; a second program holds it for good.</summary>
    private static OwnerLock? TakeLock(string folder, StoreAccess access, TimeProvider time)
    {
        const int attempts = 10;
        for (int attempt = 1; ; attempt++)
        {
            OwnerLock? taken = OwnerLock.TryTake(folder);
            if (taken is not null || access == StoreAccess.Guest) return taken;
            if (attempt == attempts)
                throw new DoorbellException(ErrorKind.InUse, $"Another DoorbellFace keeps its visits in {folder} already. Stop that one.",
                    new Remedy(RemedyKey.ChooseDataFolder));
            Task.Delay(TimeSpan.FromMilliseconds(50), time).GetAwaiter().GetResult();
        }
    }

    /// <summary>
    /// A visit without an end was cut off by the end of the program: it ended when it was last heard of, and what was known of it stays.
    /// </summary>
    private void CloseWhatWasLeftOpen()
    {
        Pictures.RemoveUnfinished(_log);
        List<VisitRecord> open = Read("WHERE ended_at IS NULL ORDER BY started_at");
        foreach (VisitRecord visit in open)
        {
            using SqliteCommand command = Command("SELECT saved_at FROM visits WHERE id = $id");
            command.Parameters.AddWithValue("$id", visit.Id.ToString());
            DateTimeOffset savedAt = VisitRow.Time((string)command.ExecuteScalar()!);
            Save(visit with
            {
                EndedAt = savedAt > visit.StartedAt ? savedAt : visit.StartedAt,
                Outcome = visit.Outcome == VisitOutcome.Open ? VisitOutcome.Interrupted : visit.Outcome,
                Reasons = [.. visit.Reasons, "The program was stopped while this visit went on."],
            });
        }
        MakeVisitsOfLeftRings([.. open.Where(visit => visit.Outcome == VisitOutcome.Open).Select(visit => visit.Id)]);
        if (open.Count > 0)
            _log.LogWarning("The program was stopped during {Visits}.",
                open.Count == 1 ? "1 visit, which is marked as interrupted" : $"{open.Count} visits, which are marked as interrupted");
    }

    private List<VisitRecord> Read(string rest, params (string Name, object Value)[] parameters) => Guarded("read", () =>
    {
        using SqliteCommand command = Command($"SELECT {VisitRow.Columns} FROM visits {rest}");
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        using SqliteDataReader rows = command.ExecuteReader();
        return SqliteFile.ReadAll(rows, VisitRow.Read, _log);
    });

    private T Guarded<T>(string verb, Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (SqliteException error)
            {
                throw new VisitStoreException($"Visits in {_folder} could not be {verb}: {SqliteFile.Advice(error)}", error);
            }
        }
    }

    private SqliteCommand Command(string sql) => new(sql, _connection);

    private void SetSynchronous(bool isFull) =>
        SqliteFile.Execute(_connection, isFull ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
}
