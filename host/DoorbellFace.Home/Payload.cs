using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DoorbellFace.Home;

/// <summary>How everything is written that is sent to brokers and receivers.</summary>
internal static class Payload
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON object, with letters of every language as they are.</summary>
    public static string Text(JsonObject json) => json.ToJsonString(Readable);

    /// <summary>The same, in UTF-8.</summary>
    public static byte[] Of(JsonObject json) => Of(Text(json));

    /// <summary>A text, in UTF-8.</summary>
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A text of at most so many letters; one that is longer ends in an ellipsis.</summary>
    public static string Short(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");

    /// <summary>A time as Home Assistant and the webhooks' specification read it (ISO 8601, UTC).</summary>
    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A member of an enumeration as a word for programs, such as "no_face".</summary>
    public static string Word<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());
}
