using System.Text.Json.Serialization;

namespace DoorbellFace.Trainer.Review;

/// <summary>What seems to be wrong with a crop.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CropFault>))]
internal enum CropFault
{
    /// <summary>Its middle shows no face.</summary>
    [JsonStringEnumMemberName("no_face")]
    NoFace,

    /// <summary>It is much more like another person.</summary>
    [JsonStringEnumMemberName("other_person")]
    OtherPerson,

    /// <summary>It is unlike the person's other crops, and like nobody.</summary>
    [JsonStringEnumMemberName("unlike")]
    Unlike,
}

/// <summary>A crop that should be looked at.</summary>
/// <param name="Crop">Path relative to the folder of faces.</param>
/// <param name="Fault">What seems to be wrong.</param>
/// <param name="Reason">The same in words and numbers.</param>
internal sealed record CropSuggestion(string Crop, CropFault Fault, string Reason)
{
    /// <summary>Who it is more like.</summary>
    public string? LooksLike { get; init; }
}
