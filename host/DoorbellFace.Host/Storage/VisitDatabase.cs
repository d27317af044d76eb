using System.Globalization;
using DoorbellFace.Terminal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Storage;

/// <summary>Opens the database file: private, with a write-ahead log, checked, and of today's version.</summary>
internal static class VisitDatabase
{
    /// <summary>SQLite's codes for a file whose content makes no sense.</summary>
    private const int Corrupt = 11, NotADatabase = 26;

    /// <summary>The file's name in the store's folder.</summary>
    public const string FileName = "visits.db";

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="mayMoveAside">Whether a damaged file may be moved aside and a new one begun; only its owner may.</param>
    /// <param name="time">The clock for the name of what is moved aside.</param>
    /// <param name="log">For the loud remark then.</param>
    /// <exception cref="UserErrorException">It is newer than this program, another program's, or damaged and not ours to move.</exception>
    public static SqliteConnection Open(string folder, bool mayMoveAside, TimeProvider time, ILogger log)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return OpenChecked(path, isFullCheck: mayMoveAside);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is Corrupt or NotADatabase)
        {
            if (!mayMoveAside)
                throw new UserErrorException($"{path} is damaged ({error.Message}), and another program is using it. Stop that one and start ./doorbell again: it will move the damaged file aside.");
            string aside = MoveAside(folder, time);
            log.LogCritical(
                "The record of visits was damaged ({Reason}). It is kept, with its pictures, in {Aside}, and a new one is begun: earlier visits are not listed any more.",
                error.Message, aside);
            return OpenChecked(path, isFullCheck: true);
        }
    }

    /// <summary>Runs one statement without a result.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static SqliteConnection OpenChecked(string path, bool isFullCheck)
    {
        // Made here and not by SQLite, for the mode; the log files that SQLite makes beside it get the same mode.
        PrivateFiles.Create(path, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            // secure_delete: what is deleted is overwritten with zeros. NORMAL: a killed program loses nothing; End of a visit asks for more.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
            if (isFullCheck) Check(connection);
            VisitSchema.Migrate(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Check(SqliteConnection connection)
    {
        using var command = new SqliteCommand("PRAGMA quick_check(1)", connection);
        string answer = (string)command.ExecuteScalar()!;
        if (answer != "ok") throw new SqliteException(answer, Corrupt);
    }

    /// <summary>Moves the database and the pictures that belong to it into a folder of their own.</summary>
    private static string MoveAside(string folder, TimeProvider time)
    {
        string stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        string aside = Path.Combine(folder, $"damaged-{stamp}");
        for (int number = 2; Directory.Exists(aside); number++) aside = Path.Combine(folder, $"damaged-{stamp}-{number}");
        PrivateFiles.CreateFolder(aside);
        foreach (string name in new[] { FileName, FileName + "-wal", FileName + "-shm" })
        {
            if (File.Exists(Path.Combine(folder, name))) File.Move(Path.Combine(folder, name), Path.Combine(aside, name));
        }
        string pictures = Path.Combine(folder, "pictures");
        if (Directory.Exists(pictures)) Directory.Move(pictures, Path.Combine(aside, "pictures"));
        return aside;
    }
}
