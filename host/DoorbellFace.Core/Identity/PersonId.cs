using System.Text.Json.Serialization;

namespace DoorbellFace.Core.Identity;

/// <summary>Names an enrolled person for good: it stays the same when the spoken name changes, and is never used again.</summary>
/// <param name="Value">The bare value; never all zeros.</param>
[JsonConverter(typeof(PersonIdJsonConverter))]
public readonly record struct PersonId(Guid Value)
{
    /// <summary>As it stands in databases and JSON: 32 hexadecimal digits in five groups.</summary>
    public override string ToString() => Value.ToString("D");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static PersonId Parse(string text) => new(Guid.ParseExact(text, "D"));
}

/// <summary>Writes a <see cref="PersonId"/> as its bare text.</summary>
public sealed class PersonIdJsonConverter() : IdJsonConverter<PersonId>(PersonId.Parse);
