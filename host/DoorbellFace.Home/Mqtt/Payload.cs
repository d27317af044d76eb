using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DoorbellFace.Home.Mqtt;

/// <summary>What is sent, as bytes.</summary>
internal static class Payload
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON object, in UTF-8, with letters of every language as they are.</summary>
    public static byte[] Of(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(Readable));

    /// <summary>A word.</summary>
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A text of at most so many letters; one that is longer ends in an ellipsis.</summary>
    public static string Short(string text) =>
        text.Length <= DeviceDiscovery.LongestState ? text : string.Concat(text.AsSpan(0, DeviceDiscovery.LongestState - 1), "…");

    /// <summary>A time as Home Assistant reads it.</summary>
    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
