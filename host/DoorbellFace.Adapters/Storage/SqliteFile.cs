using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Storage;

/// <summary>Opens database files as this program wants them: private, with a write-ahead log, checked, and of today's version.</summary>
public static class SqliteFile
{
    /// <summary>SQLite's codes for a file whose content makes no sense.</summary>
    private const int Corrupt = 11, NotADatabase = 26;

    private const int Busy = 5, Locked = 6;

    /// <summary>Opens a file, or makes it, and brings its tables up to date.</summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">Its tables.</param>
    /// <param name="isFullCheck">Read all of it first, to see whether it is damaged.</param>
    /// <param name="migrate">Brings the tables up to date where that takes more than their steps; null for the steps alone.</param>
    /// <exception cref="SqliteException">It cannot be opened, or is damaged: see <see cref="IsDamage"/>.</exception>
    /// <exception cref="DoorbellException">It is newer than this program, or another program's.</exception>
    public static SqliteConnection Open(string path, SchemaSteps steps, bool isFullCheck, Action<SqliteConnection>? migrate = null)
    {
        // Made here and not by SQLite, for the mode; the log files that SQLite makes beside it get the same mode.
        PrivateFiles.Create(path, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5, ForeignKeys = true,
        };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            // secure_delete: what is deleted is overwritten with zeros. NORMAL: a killed program loses nothing; who cannot lose a power
            // cut's last words asks for FULL.
            Execute(connection,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
            if (isFullCheck) Check(connection);
            if (migrate is null) steps.Migrate(connection, path);
            else migrate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a file that is there where nothing may be written: a folder of another user, or a disk that is mounted to be read.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">Its tables.</param>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    /// <exception cref="DoorbellException">It is older or newer than this program.</exception>
    public static SqliteConnection OpenToRead(string path, SchemaSteps steps)
    {
        SqliteConnection connection;
        try
        {
            connection = OpenToRead(path);
        }
        catch (SqliteException)
        {
            // The log beside it would have to be made, and cannot be. Nobody can write here, so the file does not change while it is read.
            connection =
                OpenToRead(
                    $"file:{Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1");
        }
        if (steps.IsCurrent(connection)) return connection;
        connection.Dispose();
        throw new DoorbellException(
            ErrorKind.UnusableInput,
                $"{path} was written by another version of DoorbellFace, and may not be brought up to date: this user may not write there.",
                new Remedy(RemedyKey.ChooseDataFolder));
    }

    private static SqliteConnection OpenToRead(string source)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 5,
        };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            Execute(connection, "SELECT count(*) FROM sqlite_schema");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the error says that the file's content makes no sense.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>
    /// Whether another program held the file for so long that waiting was given up: neither the folder nor the disk is at fault.
    /// </summary>
    public static bool IsHeldByAnother(Exception error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <summary>What went wrong with reading or writing, and what to do.</summary>
    public static string Advice(SqliteException error) => IsHeldByAnother(error)
        ? "another program has the file locked. Try again in a moment."
        : $"{error.Message} Look for free space and for the right to write there.";

    /// <summary>Reads all rows. One odd row, which is remarked on, must not hide all the others.</summary>
    /// <param name="rows">They are read to the end.</param>
    /// <param name="read">Reads the row under the reader; a <see cref="DoorbellException"/> says what is odd about it.</param>
    /// <param name="log">For the remarks.</param>
    public static List<T> ReadAll<T>(SqliteDataReader rows, Func<SqliteDataReader, T> read, ILogger log)
    {
        var all = new List<T>();
        while (rows.Read())
        {
            try
            {
                all.Add(read(rows));
            }
            catch (DoorbellException unreadable)
            {
                log.LogWarning("{Reason}", unreadable.Message);
            }
        }
        return all;
    }

    /// <summary>Runs one statement without a result.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// The write-ahead log still holds what was there before; folding it back overwrites that with the zeros, and cuts the log to nothing.
    /// </summary>
    /// <returns>False when another program was reading just then: the log keeps what it holds until the next time.</returns>
    public static bool TryEmptyLog(SqliteConnection connection)
    {
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        using SqliteDataReader answer = command.ExecuteReader();
        return !answer.Read() || answer.GetInt32(0) == 0;
    }

    private static void Check(SqliteConnection connection)
    {
        using var command = new SqliteCommand("PRAGMA quick_check(1)", connection);
        string answer = (string)command.ExecuteScalar()!;
        if (answer != "ok") throw new SqliteException(answer, Corrupt);
    }
}
