using System.Text.Json.Serialization;

namespace DoorbellFace.Measuring;

/// <summary>What came of it; the property names are part of the command's contract.</summary>
public sealed record IdentificationResult
{
    /// <summary>Share of the probes whose most similar person is the right one.</summary>
    public required double ClosedSetAccuracy { get; init; }

    /// <summary>Share of the probes that are given their right name, at the product's own thresholds.</summary>
    public required double Tpir { get; init; }

    /// <summary>Share of the strangers' photos that are given a name, at the product's own thresholds.</summary>
    public required double Fpir { get; init; }

    /// <summary>Median of the household's accept thresholds, as a cosine.</summary>
    public required double Threshold { get; init; }

    /// <summary>
    /// Share of the probes that would be given their right name if all thresholds were moved together until one stranger's photo in a
    /// hundred got a name.
    /// </summary>
    [JsonPropertyName("tpir_at_fpir_1pct")]
    public required double TpirAtFpir1Pct { get; init; }

    /// <summary>The same with a single threshold for everyone, as the literature reports it.</summary>
    [JsonPropertyName("tpir_at_fpir_1pct_one_threshold")]
    public required double TpirAtFpir1PctOneThreshold { get; init; }

    /// <summary>Share of the probes that are given another enrolled person's name.</summary>
    public required double WrongNameRate { get; init; }

    /// <summary>The highest share of one stranger's photos that are given a name.</summary>
    public required double WorstStrangerFpir { get; init; }

    /// <summary>Share of all photos, of family and strangers, in which no face was found.</summary>
    public required double NoFaceRate { get; init; }

    /// <summary>People enrolled.</summary>
    public required int People { get; init; }

    /// <summary>Photos of them that were asked about.</summary>
    public required int Probes { get; init; }

    /// <summary>Photos of strangers.</summary>
    public required int StrangerPhotos { get; init; }

    /// <summary>95 % confidence intervals of the rates.</summary>
    [JsonPropertyName("ci95")]
    public required IReadOnlyDictionary<string, double[]> Ci95 { get; init; }

    /// <summary>Mean time for a photo from pixels to embedding: detector, landmarks, backbone.</summary>
    public required double MsPerPhoto { get; init; }

    /// <summary>The photos for which the answer at the product's own thresholds was not the one hoped for.</summary>
    public required IReadOnlyList<IdentificationError> Errors { get; init; }
}

/// <summary>A photo with the wrong answer.</summary>
/// <param name="Photo">Its path.</param>
/// <param name="Person">Who it is.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="MostSimilar">The most similar person of the household, whether named or not; null without a face.</param>
/// <param name="Score">How alike they are.</param>
/// <param name="Threshold">How alike they would have to be for that name.</param>
public sealed record IdentificationError(string Photo, string Person, IdentificationErrorKind Kind, string? MostSimilar, float? Score,
    float? Threshold);

/// <summary>What can go wrong with an answer.</summary>
public enum IdentificationErrorKind
{
    /// <summary>One of the family, and no face was found.</summary>
    NoFace,

    /// <summary>One of the family, and no name was said.</summary>
    NotNamed,

    /// <summary>One of the family, and another's name was said.</summary>
    WrongName,

    /// <summary>A stranger, and a name was said.</summary>
    StrangerNamed,
}
