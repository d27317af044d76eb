using System.Text.Json;

namespace DoorbellFace.Core.Recognition;

/// <summary>The faces on the wall as they are kept.</summary>
public static class WallPicturesJson
{
    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>As text.</summary>
    public static string Write(WallPictures wall) => JsonSerializer.Serialize(
        wall.Pictures.Select(picture =>
            new Entry(picture.X, picture.Y, picture.Edge, picture.Embedding.ToBytes(), picture.LearntAt)), Snake) + "\n";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static WallPictures Read(string text)
    {
        try
        {
            Entry[] entries = JsonSerializer.Deserialize<Entry[]>(text, Snake) ?? [];
            if (entries.Any(entry => entry is not { X: >= 0 and <= 1, Y: >= 0 and <= 1, Edge: > 0 and <= 1 }))
                throw new FormatException("expected places of 0 to 1 widths of the picture");
            return new WallPictures([.. entries.Select(entry =>
                new WallPicture(entry.X, entry.Y, entry.Edge, Embedding.FromBytes(entry.Face), entry.LearntAt))]);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new FormatException(error.Message, error);
        }
    }

    private sealed record Entry(float X, float Y, float Edge, byte[] Face, DateTimeOffset LearntAt);
}
