using System.Text.Json;
using System.Text.Json.Serialization;
using DoorbellFace.Terminal;
using DoorbellFace.Vision.Photos;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>What came of a photo.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PhotoOutcome>))]
internal enum PhotoOutcome
{
    /// <summary>A face was found and cut out.</summary>
    [JsonStringEnumMemberName("face")]
    Face,

    /// <summary>It is a picture, but no face was found.</summary>
    [JsonStringEnumMemberName("no_face")]
    NoFace,

    /// <summary>It cannot be read as a picture.</summary>
    [JsonStringEnumMemberName("unreadable")]
    Unreadable,

    /// <summary>Its face was cut out, and another photo shows the same one at the same moment: the better one is kept.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,

    /// <summary>A face was cut out in an earlier run, and somebody has deleted the crop since: it is not made again.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,
}

/// <summary>One photo and what came of it.</summary>
/// <param name="Photo">Path relative to the folder of photos.</param>
/// <param name="Bytes">Size of the file; with <paramref name="ModifiedAt"/> it tells whether the photo is still the same.</param>
/// <param name="ModifiedAt">When the file was last written.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Crop">Path of the crop, relative to the report; null without a face.</param>
/// <param name="Faces">Faces found; the largest was taken.</param>
/// <param name="AngleDegrees">How far the face is tilted clockwise; null without one.</param>
/// <param name="FaceEdgePixels">Edge of the face's box in the photo; null without one.</param>
/// <param name="Reason">Why the photo is unreadable.</param>
internal sealed record PreparedPhoto(
    string Photo, long Bytes, DateTime ModifiedAt, PhotoOutcome Outcome, string? Crop = null, int Faces = 0, float? AngleDegrees = null,
        int? FaceEdgePixels = null, string? Reason = null)
{
    /// <summary>SHA-256 of the file; null where no face was found.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What the whole picture looks like (<see cref="Dataset.PictureHash"/>); null where no face was found.</summary>
    public string? PictureHash { get; init; }

    /// <summary>Of a duplicate: the photo that is kept.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>
    /// The folder, directly in the folder of photos, that the photo lies in, which is called as the person; empty for a loose one.
    /// </summary>
    [JsonIgnore]
    public string Person => PhotoFolder.PersonOf(Photo);
}

/// <summary>
/// The report beside the crops, prepare.json: for people to read, for programs, and for the command itself, which goes on from it when it
/// was interrupted.
/// </summary>
internal static class PreparationReport
{
    /// <summary>The report's file name.</summary>
    public const string FileName = "prepare.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The photos of an earlier run by path; none when there was no earlier run.</summary>
    /// <exception cref="UserErrorException">The folder holds something, but no readable report.</exception>
    public static Dictionary<string, PreparedPhoto> Read(string directory)
    {
        if (File.Exists(directory)) throw new UserErrorException($"OUT should be a folder; '{directory}' is a file.");
        if (!Directory.Exists(directory) || !Directory.EnumerateFileSystemEntries(directory).Any()) return [];
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            throw new UserErrorException(
                $"'{directory}' holds something, but not a report of an earlier ./doorbell prepare ({FileName}). Choose an empty or new "
                + $"folder for OUT.");
        try
        {
            return (JsonSerializer.Deserialize<PreparedPhoto[]>(File.ReadAllText(path), Json) ?? [])
                .ToDictionary(photo => photo.Photo, StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException(
                $"The report '{path}' of an earlier ./doorbell prepare cannot be read: {error.Message} Choose another folder for OUT.");
        }
    }

    /// <summary>Writes the report whole, over what was there before.</summary>
    public static void Write(string directory, IEnumerable<PreparedPhoto> photos)
    {
        string path = Path.Combine(directory, FileName);
        WholeFile.WriteText(path, JsonSerializer.Serialize(photos.OrderBy(photo => photo.Photo, StringComparer.Ordinal), Json) + "\n");
    }
}
