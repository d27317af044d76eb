using System.Text.Json.Serialization;

namespace DoorbellFace.Core.Identity;

/// <summary>Names one enrolled picture of a person.</summary>
/// <param name="Value">The bare value; never all zeros.</param>
[JsonConverter(typeof(SampleIdJsonConverter))]
public readonly record struct SampleId(Guid Value)
{
    /// <summary>As it stands in databases and JSON: 32 hexadecimal digits in five groups.</summary>
    public override string ToString() => Value.ToString("D");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static SampleId Parse(string text) => new(Guid.ParseExact(text, "D"));
}

/// <summary>Writes a <see cref="SampleId"/> as its bare text.</summary>
public sealed class SampleIdJsonConverter() : IdJsonConverter<SampleId>(SampleId.Parse);
