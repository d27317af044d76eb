using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorbellFace.Core.Identity;

/// <summary>Writes an identifier as the plain text that its ToString gives, so that programs see no wrapper.</summary>
/// <param name="parse">Reads that text; throws a <see cref="FormatException"/> for any other.</param>
public abstract class IdJsonConverter<T>(Func<string, T> parse) : JsonConverter<T>
    where T : struct
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.GetString() ?? throw new JsonException($"A {typeof(T).Name} was expected, but there is null.");
        try
        {
            return parse(text);
        }
        catch (FormatException error)
        {
            throw new JsonException($"A {typeof(T).Name} was expected, but there is '{text}'.", error);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
