namespace DoorbellFace.Host.Storage;

/// <summary>The tables of the visits' database.</summary>
internal static class VisitSchema
{
    /// <summary>All steps there are.</summary>
    public static SchemaSteps Steps { get; } = new(
        """
        CREATE TABLE visits (
            id TEXT PRIMARY KEY,
            started_at TEXT NOT NULL,
            ended_at TEXT,
            started_by TEXT NOT NULL,
            outcome TEXT NOT NULL,
            name TEXT,
            score REAL,
            rings INTEGER NOT NULL,
            frames_seen INTEGER NOT NULL,
            frames_with_face INTEGER NOT NULL,
            frames_refused INTEGER NOT NULL,
            reasons TEXT NOT NULL,
            picture TEXT,
            saved_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX visits_by_start ON visits (started_at)");
}
