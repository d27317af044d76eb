using System.Globalization;
using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Storage;

/// <summary>Opens the database of the visits, and begins a new one where it is damaged.</summary>
public static class VisitDatabase
{
    /// <summary>The file's name in the store's folder.</summary>
    public const string FileName = "visits.db";

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="mayMoveAside">Whether a damaged file may be moved aside and a new one begun; only its owner may.</param>
    /// <param name="time">The clock for the name of what is moved aside.</param>
    /// <param name="log">For the loud remark then.</param>
    /// <exception cref="DoorbellException">It is newer than this program, another program's, or damaged and not ours to move.</exception>
    public static SqliteConnection Open(string folder, bool mayMoveAside, TimeProvider time, ILogger log)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return SqliteFile.Open(path, VisitSchema.Steps, isFullCheck: mayMoveAside, connection => Migrate(connection, path, folder));
        }
        catch (SqliteException error) when (SqliteFile.IsDamage(error))
        {
            if (!mayMoveAside)
                throw new DoorbellException(ErrorKind.UnusableInput,
                    $"{path} is damaged ({error.Message}), and another program is using it. Stop that one; the next to start moves the "
                    + $"damaged file aside.", cause: error);
            string aside = MoveAside(folder, time);
            log.LogCritical(
                "The record of visits was damaged ({Reason}). It is kept, with its pictures, in {Aside}, and a new one is begun: earlier "
                + "visits are not listed any more.",
                error.Message, aside);
            return SqliteFile.Open(path, VisitSchema.Steps, isFullCheck: true);
        }
    }

    /// <summary>
    /// Visits of older programs knew their person by name alone. They are joined once to whoever has that very name now; a killed program
    /// does it again, and a new file has nothing to join.
    /// </summary>
    private static void Migrate(SqliteConnection connection, string path, string folder)
    {
        int before = VisitSchema.Steps.Migrate(connection, path, VisitSchema.WithNamesAlone);
        string people = Path.Combine(folder, SqliteGalleryStore.FileName);
        if (before is > 0 and <= VisitSchema.WithNamesAlone && File.Exists(people))
        {
            using (var attach = new SqliteCommand("ATTACH DATABASE $people AS people_file", connection))
            {
                attach.Parameters.AddWithValue("$people", people);
                attach.ExecuteNonQuery();
            }
            SqliteFile.Execute(
                connection,
                """
                UPDATE visits SET person_id = (SELECT p.id FROM people_file.people p WHERE p.name = visits.name)
                WHERE person_id IS NULL AND name IS NOT NULL;
                DETACH DATABASE people_file
                """);
        }
        VisitSchema.Steps.Migrate(connection, path);
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
