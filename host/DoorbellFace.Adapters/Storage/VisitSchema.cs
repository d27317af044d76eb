namespace DoorbellFace.Adapters.Storage;

/// <summary>The tables of the visits' database.</summary>
public static class VisitSchema
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
        "CREATE INDEX visits_by_start ON visits (started_at)",
        // Version 3. What was called a score was the cosine to the most similar person; the score that decides was not kept.
        """
        ALTER TABLE visits RENAME COLUMN score TO similarity;
        ALTER TABLE visits ADD COLUMN score REAL;
        ALTER TABLE visits ADD COLUMN accept REAL;
        ALTER TABLE visits ADD COLUMN reject REAL;
        ALTER TABLE visits ADD COLUMN probability REAL;
        ALTER TABLE visits ADD COLUMN door_id TEXT NOT NULL DEFAULT 'front';
        ALTER TABLE visits ADD COLUMN person_id TEXT;
        CREATE INDEX visits_by_person ON visits (person_id)
        """,
        // Rings that were heard and are not yet part of a visit that is kept.
        "CREATE TABLE rings (id INTEGER PRIMARY KEY, door_id TEXT NOT NULL, rung_at TEXT NOT NULL) STRICT",
        // The last step of a file whose visits refer to their people: see VisitDatabase.
        "CREATE INDEX visits_by_end ON visits (ended_at)",
        // Who else stood there, as a JSON list.
        "ALTER TABLE visits ADD COLUMN company TEXT NOT NULL DEFAULT '[]'",
        // Version 7: what somebody has said of visits that the doorbell could not name.
        """
        CREATE TABLE judgements (
            visit_id TEXT PRIMARY KEY REFERENCES visits (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            person_id TEXT,
            act TEXT NOT NULL,
            said_at TEXT NOT NULL
        ) STRICT
        """,
        // What visits are chosen by stands in the index in which they are ordered: rows that are not wanted are not read.
        """
        CREATE INDEX visits_in_order ON visits (started_at, id, outcome, person_id, company);
        DROP INDEX visits_by_start
        """,
        // By which a press is known that a doorbell tells of once more.
        """
        CREATE TABLE last_presses (
            door_id TEXT PRIMARY KEY,
            boot INTEGER NOT NULL,
            press INTEGER NOT NULL,
            rung_at TEXT NOT NULL
        ) STRICT
        """);

    /// <summary>
    /// Up to this version a file may hold visits with a name and without a person; the next step is made when they have been joined.
    /// </summary>
    public const int WithNamesAlone = 4;
}
