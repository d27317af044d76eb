namespace DoorbellFace.Testing;

/// <summary>The files of SQLite's databases.</summary>
public static class DatabaseFiles
{
    /// <summary>What a database keeps beside itself while somebody has it open.</summary>
    public static bool IsBeside(string path) =>
        path.EndsWith("-wal", StringComparison.Ordinal) || path.EndsWith("-shm", StringComparison.Ordinal);
}
