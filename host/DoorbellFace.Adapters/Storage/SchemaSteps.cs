using DoorbellFace.Application;
using Microsoft.Data.Sqlite;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The tables of a database, and how an older file becomes one of today. Steps are only ever added.</summary>
/// <param name="steps">Step N makes version N of version N-1.</param>
public sealed class SchemaSteps(params string[] steps)
{
    /// <summary>The version this program writes.</summary>
    public int CurrentVersion => steps.Length;

    /// <summary>Brings a new or older file to the current version, in one transaction.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="target">The version to stop at; null for the current one.</param>
    /// <returns>The version that the file had before; 0 for a new one.</returns>
    /// <exception cref="DoorbellException">The file is newer than this program, or another program's.</exception>
    public int Migrate(SqliteConnection connection, string path, int? target = null)
    {
        // A file of today is only read: another program that is writing just then need not be waited for.
        if (target is null && IsCurrent(connection)) return CurrentVersion;
        // Immediate: two programs that start at once must not both migrate.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        int version = ReadVersion(connection, transaction, path);
        if (version > CurrentVersion)
        {
            throw new DoorbellException(
                ErrorKind.UnusableInput,
                $"{path} was written by a newer version of DoorbellFace (its tables have version {version}, this program knows up to "
                + $"{CurrentVersion}). "
                + "Install the newer version again.",
                new Remedy(RemedyKey.ChooseDataFolder));
        }
        for (int next = version + 1; next <= (target ?? CurrentVersion); next++)
        {
            Execute(connection, transaction, steps[next - 1]);
            Execute(connection, transaction, $"INSERT INTO schema_version (version) VALUES ({next})");
        }
        transaction.Commit();
        return version;
    }

    /// <summary>Whether a file has the version that this program writes.</summary>
    public bool IsCurrent(SqliteConnection connection) =>
        Number(connection, null, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'") > 0
        && Number(connection, null, "SELECT coalesce(max(version), 0) FROM schema_version") == CurrentVersion;

    private static int ReadVersion(SqliteConnection connection, SqliteTransaction transaction, string path)
    {
        bool isOurs =
            Number(connection, transaction, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'") > 0;
        if (!isOurs)
        {
            if (Number(connection, transaction, "SELECT count(*) FROM sqlite_schema") > 0)
                throw new DoorbellException(ErrorKind.UnusableInput, $"{path} is a database of another program.",
                    new Remedy(RemedyKey.ChooseDataFolder));
            Execute(connection, transaction, "CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT");
        }
        return (int)Number(connection, transaction, "SELECT coalesce(max(version), 0) FROM schema_version");
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = new SqliteCommand(sql, connection, transaction);
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = new SqliteCommand(sql, connection, transaction);
        return (long)command.ExecuteScalar()!;
    }
}
