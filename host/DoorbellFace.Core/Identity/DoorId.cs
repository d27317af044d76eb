using System.Text.Json.Serialization;

namespace DoorbellFace.Core.Identity;

/// <summary>Names a door: one camera with its button. The name people hear is kept beside it and may change; this does not.</summary>
[JsonConverter(typeof(DoorIdJsonConverter))]
public readonly record struct DoorId
{
    /// <summary>Longer names are refused.</summary>
    private const int MaxLength = 32;

    private readonly string? _value;

    /// <summary>Takes a name of 1 to 32 small letters, digits and hyphens, such as "front" or "garden-gate".</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public DoorId(string value)
    {
        if (value.Length is 0 or > MaxLength
            || !value.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
            throw new FormatException(
                $"A door's id is 1 to {MaxLength} small letters, digits and hyphens, such as \"front\"; it was \"{value}\".");
        _value = value;
    }

    /// <summary>The door of a house that has one.</summary>
    public static DoorId Front { get; } = new("front");

    /// <summary>The bare name.</summary>
    public string Value => _value ?? "front";

    /// <summary>The bare name.</summary>
    public override string ToString() => Value;

    /// <summary>The same door, however it was made.</summary>
    public bool Equals(DoorId other) => Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Writes a <see cref="DoorId"/> as its bare text.</summary>
public sealed class DoorIdJsonConverter() : IdJsonConverter<DoorId>(text => new DoorId(text));
