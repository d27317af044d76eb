using System.Globalization;
using System.Text.Json;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using Microsoft.Data.Sqlite;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// A sample as a row: the crop as its gray bytes row after row, the landmarks as a JSON list of ten numbers, x and y by turns.
/// </summary>
public static class GalleryRow
{
    /// <summary>The columns of a sample, in the order in which <see cref="ReadSample"/> wants them, and the embedding.</summary>
    public const string Columns =
        "s.id, s.source, s.added_at, s.weight, s.is_negative, s.crop_width, s.crop_height, s.crop, s.landmarks, e.embedding, "
        + "s.enrolment_id, s.visit_id";

    /// <summary>
    /// The columns of an outline, in the order in which <see cref="ReadOutline"/> wants them; one index has all of them but the embedding.
    /// </summary>
    public const string OutlineColumns =
        "s.id, s.source, s.added_at, s.weight, s.is_negative, s.enrolment_id, s.visit_id";

    /// <summary>Writes a sample; parameters by <see cref="AddParameters"/>.</summary>
    public const string Insert =
        """
        INSERT INTO samples (id, person_id, source, added_at, weight, is_negative, crop_width, crop_height, crop, landmarks,
            enrolment_id, visit_id)
        VALUES ($id, $person_id, $source, $added_at, $weight, $is_negative, $crop_width, $crop_height, $crop, $landmarks,
            $enrolment_id, $visit_id)
        """;

    /// <summary>The parameters of <see cref="Insert"/>.</summary>
    public static void AddParameters(SqliteParameterCollection parameters, PersonId personId, StoredSample sample)
    {
        PixelBuffer crop = sample.Crop.Pixels;
        parameters.AddWithValue("$id", sample.Id.ToString());
        parameters.AddWithValue("$person_id", personId.ToString());
        parameters.AddWithValue("$enrolment_id", sample.Enrolment is { } enrolment ? enrolment.ToString("D") : DBNull.Value);
        parameters.AddWithValue("$visit_id", sample.Visit is { } visit ? visit.ToString() : DBNull.Value);
        parameters.AddWithValue("$source", sample.Source.ToString());
        parameters.AddWithValue("$added_at", VisitRow.TimeText(sample.AddedAt));
        parameters.AddWithValue("$weight", (double)sample.Weight);
        parameters.AddWithValue("$is_negative", sample.IsNegative ? 1 : 0);
        parameters.AddWithValue("$crop_width", crop.Width);
        parameters.AddWithValue("$crop_height", crop.Height);
        parameters.AddWithValue("$crop", crop.Pixels.ToArray());
        parameters.AddWithValue("$landmarks",
            JsonSerializer.Serialize(sample.Crop.Landmarks.Points.SelectMany(point => new[] { point.X, point.Y })));
    }

    /// <summary>Reads the row under the reader.</summary>
    /// <exception cref="GalleryStoreException">Somebody has written what this program does not write.</exception>
    public static StoredSample ReadSample(SqliteDataReader row)
    {
        string id = row.GetString(0);
        try
        {
            float[] landmarks = JsonSerializer.Deserialize<float[]>(row.GetString(8)) ?? [];
            if (landmarks.Length % 2 != 0 || !landmarks.All(float.IsFinite))
                throw new FormatException("The landmarks are not pairs of numbers.");
            var crop = new FaceCrop(
                new PixelBuffer(row.GetInt32(5), row.GetInt32(6), PixelFormat.Gray8, row.GetFieldValue<byte[]>(7)),
                FaceLandmarks.FromPoints([.. landmarks.Chunk(2).Select(pair => new FacePoint(pair[0], pair[1]))]));
            return new StoredSample(
                SampleId.Parse(id), Enum.Parse<SampleSource>(row.GetString(1)), VisitRow.Time(row.GetString(2)), (float)row.GetDouble(3),
                row.GetInt32(4) != 0, crop, row.IsDBNull(9) ? null : EmbeddingOf(row.GetFieldValue<byte[]>(9)))
            {
                Enrolment = row.IsDBNull(10) ? null : Guid.ParseExact(row.GetString(10), "D"),
                Visit = row.IsDBNull(11) ? null : VisitId.Parse(row.GetString(11)),
            };
        }
        catch (Exception error) when (error is FormatException or ArgumentException or JsonException or OverflowException)
        {
            throw new GalleryStoreException($"The sample {id} cannot be read: {error.Message} Has another program changed the database?",
                error);
        }
    }

    /// <summary>Reads what is known of a sample besides its picture; the embedding is in column 7 where it was asked for.</summary>
    /// <exception cref="GalleryStoreException">Somebody has written what this program does not write.</exception>
    public static SampleOutline ReadOutline(SqliteDataReader row)
    {
        string id = row.GetString(0);
        try
        {
            return new SampleOutline(
                SampleId.Parse(id), Enum.Parse<SampleSource>(row.GetString(1)), VisitRow.Time(row.GetString(2)), (float)row.GetDouble(3),
                row.GetInt32(4) != 0)
            {
                Enrolment = row.IsDBNull(5) ? null : Guid.ParseExact(row.GetString(5), "D"),
                Visit = row.IsDBNull(6) ? null : VisitId.Parse(row.GetString(6)),
                Embedding = row.FieldCount < 8 || row.IsDBNull(7) ? null : EmbeddingOf(row.GetFieldValue<byte[]>(7)),
            };
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            throw new GalleryStoreException($"The sample {id} cannot be read: {error.Message} Has another program changed the database?",
                error);
        }
    }

    /// <summary>An embedding that cannot be read is made again from the crop.</summary>
    private static Embedding? EmbeddingOf(byte[] bytes)
    {
        try
        {
            return Embedding.FromBytes(bytes);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
