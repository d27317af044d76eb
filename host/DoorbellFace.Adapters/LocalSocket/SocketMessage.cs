using System.Text.Json;
using System.Text.Json.Serialization;
using DoorbellFace.Application;

namespace DoorbellFace.Adapters.LocalSocket;

/// <summary>One line on the socket, in either direction, as a JSON object.</summary>
/// <param name="Ask">From the asker: what is asked (<see cref="Asks"/>).</param>
/// <param name="Name">With "enrol": who.</param>
/// <param name="Text">With "say": what.</param>
/// <param name="Anyway">With "enrol": the pictures are meant, whatever they look like.</param>
/// <param name="Said">From the door: a sentence that is being said.</param>
/// <param name="Port">From the door: the port that is lent.</param>
/// <param name="Answer">From the door: the answer, the last line but for an error.</param>
/// <param name="Error">From the door: what kind of error ended it.</param>
/// <param name="Sentence">From the door: the error as a sentence.</param>
/// <param name="Remedy">From the door: what helps against the error.</param>
internal sealed record SocketMessage(
    string? Ask = null, string? Name = null, string? Text = null, bool Anyway = false, string? Said = null, string? Port = null,
        JsonElement? Answer = null, string? Error = null, string? Sentence = null,
    Remedy? Remedy = null)
{
    /// <summary>Snake case, and nothing that is not there.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}

/// <summary>What can be asked.</summary>
internal static class Asks
{
    public const string Status = "status", Look = "look", SayAgain = "say_again", Enrol = "enrol", LendPort = "lend_port", Say = "say",
        LearnWall = "learn_wall";
}
