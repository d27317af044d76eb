using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// Everyone who is enrolled, in an SQLite file of their own beside the visits. Several programs may have it open. Thread-safe.
/// </summary>
public sealed class SqliteGalleryStore : IGalleryStore, IDisposable
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "gallery.db";

    /// <summary>SQLite's code for a name that is taken or a person who is gone.</summary>
    private const int ConstraintViolated = 19;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly ILogger _log;

    private SqliteGalleryStore(SqliteConnection connection, string path, ILogger log) =>
        (_connection, _path, _log) = (connection, path, log);

    /// <summary>Opens the gallery of a data folder, making both if they are not there.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="log">For remarks.</param>
    /// <param name="isFullCheck">Read all of it first, to see whether it is damaged.</param>
    /// <exception cref="DoorbellException">The folder cannot be used, or the file is damaged, newer than this program, or another
    /// program's.</exception>
    public static SqliteGalleryStore Open(string folder, ILogger log, bool isFullCheck = true)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            bool isToRead = File.Exists(path) && !PrivateFiles.MayWriteTo(folder);
            if (!isToRead) PrivateFiles.CreateFolder(folder);
            return new SqliteGalleryStore(isToRead
                ? SqliteFile.OpenToRead(path, GallerySchema.Steps)
                : SqliteFile.Open(path, GallerySchema.Steps, isFullCheck), path, log);
        }
        catch (SqliteException error) when (SqliteFile.IsDamage(error))
        {
            throw new DoorbellException(ErrorKind.UnusableInput,
                $"{path}, which keeps the people who are enrolled, is damaged ({error.Message}). Put a copy of it back if there is one; "
                + $"otherwise move it out of the folder, with {FileName}-wal and {FileName}-shm, and enrol everyone again.");
        }
        catch (SqliteException error) when (SqliteFile.IsHeldByAnother(error))
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"People in {folder} cannot be looked at: {SqliteFile.Advice(error)}",
                cause: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"People cannot be kept in {folder}: {error.Message}",
                new Remedy(RemedyKey.ChooseDataFolder), error);
        }
    }

    /// <summary>Opens the gallery of a data folder, or gives null when nobody was ever enrolled there; asking makes nothing.</summary>
    public static SqliteGalleryStore? OpenIfThere(string folder, ILogger log, bool isFullCheck = true) =>
        File.Exists(Path.Combine(folder, FileName)) ? Open(folder, log, isFullCheck) : null;

    /// <summary>
    /// The gallery of a data folder by a model's embeddings, made again where the model has changed; empty when nobody was ever enrolled
    /// there.
    /// </summary>
    /// <exception cref="DoorbellException">The file cannot be used; see <see cref="Open"/>.</exception>
    /// <exception cref="GalleryStoreException">It cannot be read or written.</exception>
    public static Gallery LoadGallery(string folder, IFaceEmbedder embedder, ILogger log)
    {
        using SqliteGalleryStore? store = OpenIfThere(folder, log);
        return store is null ? new Gallery(embedder.Manifest.ModelSha256, []) : GalleryLoader.Load(store, embedder);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredPerson> Read(string modelSha256) => Guarded("read", () =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
        return (IReadOnlyList<StoredPerson>)[.. ReadNames(transaction).Select(person =>
            new StoredPerson(person.Id, person.Name, ReadSamples(transaction, person.Id, modelSha256)))];
    });

    /// <inheritdoc/>
    public IReadOnlyList<PersonOutline> ReadOutlines(string? modelSha256 = null) => Guarded("read", () =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
        return (IReadOnlyList<PersonOutline>)[.. ReadNames(transaction).Select(person =>
            new PersonOutline(person.Id, person.Name, ReadOutlines(transaction, person.Id, modelSha256)))];
    });

    /// <inheritdoc/>
    public StoredSample? FindSample(SampleId id) => Guarded("read", () =>
    {
        using SqliteCommand command =
            Command(null, $"SELECT {GalleryRow.Columns} FROM samples s LEFT JOIN embeddings e ON FALSE WHERE s.id = $id",
                ("$id", id.ToString()));
        using SqliteDataReader rows = command.ExecuteReader();
        return SqliteFile.ReadAll(rows, GalleryRow.ReadSample, _log).SingleOrDefault();
    });

    /// <inheritdoc/>
    /// <exception cref="GalleryStoreException">It cannot be written, a name is taken, or a person or sample is gone meanwhile; nothing was
    /// changed.</exception>
    public void Apply(GalleryChange change) => Guarded("kept", () =>
    {
        // What is enrolled is on the disk when this returns: nobody wants to stand at the door a second time.
        SqliteFile.Execute(_connection, "PRAGMA synchronous = FULL");
        using (SqliteTransaction transaction = _connection.BeginTransaction(deferred: false))
        {
            foreach ((PersonId id, string name) in change.Named)
            {
                Execute(
                    transaction,
                        "INSERT INTO people VALUES ($id, $name, $folded) ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded_name "
                        + "= excluded.folded_name",
                    ("$id", id.ToString()), ("$name", name), ("$folded", PersonName.Fold(name)));
            }
            foreach ((PersonId person, StoredSample sample) in change.Added)
            {
                using SqliteCommand command = Command(transaction, GalleryRow.Insert);
                GalleryRow.AddParameters(command.Parameters, person, sample);
                command.ExecuteNonQuery();
            }
            foreach ((SampleId sample, PersonId person) in change.Moved)
                Execute(transaction, "UPDATE samples SET person_id = $person WHERE id = $id", ("$id", sample.ToString()),
                    ("$person", person.ToString()));
            foreach (SampleId id in change.RemovedSamples)
                Execute(transaction, "DELETE FROM samples WHERE id = $id", ("$id", id.ToString()));
            foreach ((PersonId goes, PersonId stays) in change.Merged)
            {
                // Whoever was merged into the first is now the second, too.
                Execute(transaction, "UPDATE merged_people SET into_id = $into WHERE into_id = $id", ("$id", goes.ToString()),
                    ("$into", stays.ToString()));
                Execute(transaction, "INSERT OR REPLACE INTO merged_people VALUES ($id, $into)", ("$id", goes.ToString()),
                    ("$into", stays.ToString()));
            }
            foreach (PersonId id in change.Merged.Keys.Concat(change.RemovedPeople))
                Execute(transaction, "DELETE FROM people WHERE id = $id", ("$id", id.ToString()));
            transaction.Commit();
        }
        Forget(change);
        return true;
    });

    /// <inheritdoc/>
    public IReadOnlyDictionary<PersonId, PersonId> Merged() => Guarded("read", () =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
        using SqliteCommand command = Command(transaction, "SELECT id, into_id FROM merged_people");
        using SqliteDataReader rows = command.ExecuteReader();
        var merged = new Dictionary<PersonId, PersonId>();
        while (rows.Read()) merged.Add(PersonId.Parse(rows.GetString(0)), PersonId.Parse(rows.GetString(1)));
        return (IReadOnlyDictionary<PersonId, PersonId>)merged;
    });

    /// <inheritdoc/>
    public bool IsThere => File.Exists(_path);

    /// <inheritdoc/>
    /// <remarks>It costs a look at shared memory, no read of the disk.</remarks>
    public long DataVersion => Guarded("read", () =>
    {
        using var command = new SqliteCommand("PRAGMA data_version", _connection);
        return (long)command.ExecuteScalar()!;
    });

    /// <inheritdoc/>
    public bool TryKeepEmbeddings(string modelSha256, IReadOnlyDictionary<SampleId, Embedding> bySample)
    {
        lock (_gate)
        {
            // Not by a command of the provider, which would wait for seconds for another program to let go, and a visitor's name with it.
            if (raw.sqlite3_exec(_connection.Handle!, "BEGIN IMMEDIATE") != raw.SQLITE_OK) return false;
            try
            {
                foreach ((SampleId id, Embedding embedding) in bySample)
                {
                    Execute(
                        null, "INSERT OR REPLACE INTO embeddings SELECT id, $model, $embedding FROM samples WHERE id = $id",
                        ("$id", id.ToString()), ("$model", modelSha256), ("$embedding", embedding.ToBytes()));
                }
                return raw.sqlite3_exec(_connection.Handle!, "COMMIT") == raw.SQLITE_OK;
            }
            catch (SqliteException)
            {
                return false;
            }
            finally
            {
                // After a commit this says that there is nothing to take back.
                _ = raw.sqlite3_exec(_connection.Handle!, "ROLLBACK");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _connection.Dispose();
    }

    /// <summary>
    /// SQLite has overwritten what went with zeros; the log, and the pages that a vacuum gives back, must not remember it either.
    /// </summary>
    private void Forget(GalleryChange change)
    {
        if (change.RemovedPeople.Count + change.Merged.Count + change.RemovedSamples.Count == 0 && change.Named.Count == 0) return;
        bool isGone = SqliteFile.TryEmptyLog(_connection);
        if (change.RemovedPeople.Count + change.RemovedSamples.Count > 0 && isGone)
        {
            SqliteFile.Execute(_connection, "VACUUM");
            isGone = SqliteFile.TryEmptyLog(_connection);
        }
        if (!isGone)
            _log.LogWarning(
                "Another program was reading the gallery: what was removed leaves the log file when something is removed next, or when the "
                + "last program closes.");
    }

    private List<(PersonId Id, string Name)> ReadNames(SqliteTransaction transaction)
    {
        using SqliteCommand command = Command(transaction, "SELECT id, name FROM people ORDER BY folded_name");
        using SqliteDataReader rows = command.ExecuteReader();
        var people = new List<(PersonId Id, string Name)>();
        while (rows.Read()) people.Add((PersonId.Parse(rows.GetString(0)), rows.GetString(1)));
        return people;
    }

    private List<SampleOutline> ReadOutlines(SqliteTransaction transaction, PersonId person, string? modelSha256)
    {
        string columns = GalleryRow.OutlineColumns, embeddings = "";
        if (modelSha256 is not null)
            (columns, embeddings) = (columns + ", e.embedding",
                "LEFT JOIN embeddings e ON e.sample_id = s.id AND e.model_sha256 = $model ");
        using SqliteCommand command = Command(
            transaction, $"SELECT {columns} FROM samples s {embeddings}WHERE s.person_id = $person ORDER BY s.added_at, s.id",
            ("$person", person.ToString()), ("$model", modelSha256 ?? ""));
        using SqliteDataReader rows = command.ExecuteReader();
        return SqliteFile.ReadAll(rows, GalleryRow.ReadOutline, _log);
    }

    private List<StoredSample> ReadSamples(SqliteTransaction transaction, PersonId person, string modelSha256)
    {
        using SqliteCommand command = Command(
            transaction,
            $"SELECT {GalleryRow.Columns} FROM samples s LEFT JOIN embeddings e ON e.sample_id = s.id AND e.model_sha256 = $model WHERE "
            + $"s.person_id = $person ORDER BY s.added_at, s.id",
            ("$person", person.ToString()), ("$model", modelSha256));
        using SqliteDataReader rows = command.ExecuteReader();
        return SqliteFile.ReadAll(rows, GalleryRow.ReadSample, _log);
    }

    private T Guarded<T>(string verb, Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (SqliteException error) when (error.SqliteErrorCode == ConstraintViolated)
            {
                throw new GalleryStoreException(
                    "The people enrolled were changed by another program just now, and nothing was kept. Look who is enrolled, and do it "
                    + "again.", error);
            }
            catch (SqliteException error)
            {
                throw new GalleryStoreException($"People in {_path} could not be {verb}: {SqliteFile.Advice(error)}", error);
            }
        }
    }

    private void Execute(SqliteTransaction? transaction, string sql, params (string Name, object Value)[] parameters)
    {
        using SqliteCommand command = Command(transaction, sql, parameters);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(SqliteTransaction? transaction, string sql, params (string Name, object Value)[] parameters)
    {
        var command = new SqliteCommand(sql, _connection, transaction);
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
