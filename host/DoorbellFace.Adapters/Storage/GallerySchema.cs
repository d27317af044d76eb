namespace DoorbellFace.Adapters.Storage;

/// <summary>The tables of the gallery's database.</summary>
public static class GallerySchema
{
    /// <summary>All steps there are.</summary>
    public static SchemaSteps Steps { get; } = new(
        """
        CREATE TABLE people (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            folded_name TEXT NOT NULL UNIQUE
        ) STRICT
        """,
        """
        CREATE TABLE samples (
            id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            source TEXT NOT NULL,
            added_at TEXT NOT NULL,
            weight REAL NOT NULL,
            is_negative INTEGER NOT NULL,
            crop_width INTEGER NOT NULL,
            crop_height INTEGER NOT NULL,
            crop BLOB NOT NULL,
            landmarks TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX samples_by_person ON samples (person_id)",
        """
        CREATE TABLE embeddings (
            sample_id TEXT NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
            model_sha256 TEXT NOT NULL,
            embedding BLOB NOT NULL,
            PRIMARY KEY (sample_id, model_sha256)
        ) STRICT
        """,
        // Version 5: who was merged into whom; which enrolment brought a sample, and which visit.
        """
        CREATE TABLE merged_people (id TEXT PRIMARY KEY, into_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE) STRICT;
        ALTER TABLE samples ADD COLUMN enrolment_id TEXT;
        ALTER TABLE samples ADD COLUMN visit_id TEXT
        """,
        // Lists people without touching their pictures: what stands behind a crop in a row lies a chain of pages away.
        """
        CREATE INDEX samples_in_outline ON samples (person_id, added_at, id, source, weight, is_negative, enrolment_id, visit_id);
        DROP INDEX samples_by_person
        """);
}
