using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Storage;

/// <summary>Everyone who is enrolled, in an SQLite file of their own beside the visits. Several programs may have it open. Thread-safe.</summary>
internal sealed class SqliteGalleryStore : IGalleryStore, IDisposable
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "gallery.db";

    /// <summary>SQLite's code for a name that is taken or a person who is gone.</summary>
    private const int ConstraintViolated = 19;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly ILogger _log;

    private SqliteGalleryStore(SqliteConnection connection, string path, ILogger log) => (_connection, _path, _log) = (connection, path, log);

    /// <summary>Opens the gallery of a data folder, making both if they are not there.</summary>
    /// <exception cref="UserErrorException">The folder cannot be used, or the file is damaged, newer than this program, or another program's.</exception>
    public static SqliteGalleryStore Open(string folder, ILogger log)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            PrivateFiles.CreateFolder(folder);
            return new SqliteGalleryStore(SqliteFile.Open(path, GallerySchema.Steps, isFullCheck: true), path, log);
        }
        catch (SqliteException error) when (SqliteFile.IsDamage(error))
        {
            throw new UserErrorException($"{path}, which keeps the people who are enrolled, is damaged ({error.Message}). Put a copy of it back if there is one; otherwise move it out of the folder, with {FileName}-wal and {FileName}-shm, and enrol everyone again.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new UserErrorException($"People cannot be kept in {folder}: {error.Message} Name a folder that you may write to with --data.");
        }
    }

    /// <summary>Opens the gallery of a data folder, or gives null when nobody was ever enrolled there; asking makes nothing.</summary>
    public static SqliteGalleryStore? OpenIfThere(string folder, ILogger log) => File.Exists(Path.Combine(folder, FileName)) ? Open(folder, log) : null;

    /// <summary>The gallery of a data folder by a model's embeddings, made anew where the model has changed; empty when nobody was ever enrolled there.</summary>
    /// <exception cref="UserErrorException">The file cannot be used; see <see cref="Open"/>.</exception>
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
        var people = new List<(Guid Id, string Name)>();
        using (SqliteCommand command = Command(transaction, "SELECT id, name FROM people ORDER BY folded_name"))
        {
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read()) people.Add((Guid.ParseExact(rows.GetString(0), "D"), rows.GetString(1)));
        }
        return (IReadOnlyList<StoredPerson>)[.. people.Select(person => new StoredPerson(person.Id, person.Name, ReadSamples(transaction, person.Id, modelSha256)))];
    });

    /// <inheritdoc/>
    /// <exception cref="GalleryStoreException">It cannot be written, a name is taken, or a person or sample is gone meanwhile; nothing was changed.</exception>
    public void Apply(GalleryChange change) => Guarded("kept", () =>
    {
        // What is enrolled is on the disk when this returns: nobody wants to stand at the door a second time.
        SqliteFile.Execute(_connection, "PRAGMA synchronous = FULL");
        using (SqliteTransaction transaction = _connection.BeginTransaction(deferred: false))
        {
            foreach ((Guid id, string name) in change.Named)
            {
                Execute(
                    transaction, "INSERT INTO people VALUES ($id, $name, $folded) ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded_name = excluded.folded_name",
                    ("$id", Text(id)), ("$name", name), ("$folded", GalleryRow.Fold(name)));
            }
            foreach ((Guid personId, StoredSample sample) in change.Added)
            {
                using SqliteCommand command = Command(transaction, GalleryRow.Insert);
                GalleryRow.AddParameters(command.Parameters, personId, sample);
                command.ExecuteNonQuery();
            }
            foreach ((Guid sampleId, Guid personId) in change.Moved)
                Execute(transaction, "UPDATE samples SET person_id = $person WHERE id = $id", ("$id", Text(sampleId)), ("$person", Text(personId)));
            foreach (Guid id in change.RemovedSamples) Execute(transaction, "DELETE FROM samples WHERE id = $id", ("$id", Text(id)));
            foreach (Guid id in change.RemovedPeople) Execute(transaction, "DELETE FROM people WHERE id = $id", ("$id", Text(id)));
            transaction.Commit();
        }
        Forget(change);
        return true;
    });

    /// <inheritdoc/>
    public void KeepEmbeddings(string modelSha256, IReadOnlyDictionary<Guid, Embedding> bySample) => Guarded("kept", () =>
    {
        // They can be made again, so nobody waits for the disk.
        SqliteFile.Execute(_connection, "PRAGMA synchronous = NORMAL");
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        foreach ((Guid id, Embedding embedding) in bySample)
        {
            Execute(
                transaction, "INSERT OR REPLACE INTO embeddings SELECT id, $model, $embedding FROM samples WHERE id = $id",
                ("$id", Text(id)), ("$model", modelSha256), ("$embedding", embedding.ToBytes()));
        }
        transaction.Commit();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _connection.Dispose();
    }

    /// <summary>SQLite has overwritten what went with zeros; the log, and the pages that a vacuum gives back, must not remember it either.</summary>
    private void Forget(GalleryChange change)
    {
        if (change.RemovedPeople.Count + change.RemovedSamples.Count == 0 && change.Named.Count == 0) return;
        bool isGone = SqliteFile.TryEmptyLog(_connection);
        if (change.RemovedPeople.Count > 0 && isGone)
        {
            SqliteFile.Execute(_connection, "VACUUM");
            isGone = SqliteFile.TryEmptyLog(_connection);
        }
        if (!isGone) _log.LogWarning("Another program was reading the gallery: what was removed leaves the log file when something is removed next, or when the last program closes.");
    }

    private List<StoredSample> ReadSamples(SqliteTransaction transaction, Guid personId, string modelSha256)
    {
        using SqliteCommand command = Command(
            transaction,
            $"SELECT {GalleryRow.Columns} FROM samples s LEFT JOIN embeddings e ON e.sample_id = s.id AND e.model_sha256 = $model WHERE s.person_id = $person ORDER BY s.added_at, s.id",
            ("$person", Text(personId)), ("$model", modelSha256));
        using SqliteDataReader rows = command.ExecuteReader();
        var samples = new List<StoredSample>();
        while (rows.Read())
        {
            try
            {
                samples.Add(GalleryRow.ReadSample(rows));
            }
            catch (GalleryStoreException unreadable)
            {
                // One odd row must not make the doorbell forget everybody.
                _log.LogWarning("{Reason}", unreadable.Message);
            }
        }
        return samples;
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
                throw new GalleryStoreException("The gallery was changed by another program just now, and nothing was kept. Look at ./doorbell people list, and do it again.", error);
            }
            catch (SqliteException error)
            {
                throw new GalleryStoreException($"People in {_path} could not be {verb}: {error.Message} Look for free space and for the right to write there.", error);
            }
        }
    }

    private static void Execute(SqliteTransaction transaction, string sql, params (string Name, object Value)[] parameters)
    {
        using SqliteCommand command = Command(transaction, sql, parameters);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteTransaction transaction, string sql, params (string Name, object Value)[] parameters)
    {
        var command = new SqliteCommand(sql, transaction.Connection, transaction);
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static string Text(Guid id) => id.ToString("D");
}
