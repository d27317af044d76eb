using System.Text.Json.Serialization;

namespace DoorbellFace.Measuring;

/// <summary>What one network made of one set, over all seeds; the property names are part of the command's contract.</summary>
public sealed record LookAlikeFigures
{
    /// <summary>Share of the family's photos whose most similar person is the right one.</summary>
    public required double ClosedSetAccuracy { get; init; }

    /// <summary>Share of the family's photos that get their right name, at the product's own thresholds.</summary>
    public required double Tpir { get; init; }

    /// <summary>Share of the strangers' photos that get a name, at the product's own thresholds.</summary>
    public required double Fpir { get; init; }

    /// <summary>Share of the family's photos that get another's name.</summary>
    public required double WrongNameRate { get; init; }

    /// <summary>Right names when all thresholds are moved together until one stranger's photo in a hundred gets a name.</summary>
    [JsonPropertyName("tpir_at_fpir_1pct")]
    public required double TpirAtFpir1Pct { get; init; }

    /// <summary>The same for other parts of the strangers' photos.</summary>
    public required IReadOnlyList<DetPoint> Det { get; init; }

    /// <summary>95 % intervals over people; see <see cref="PeopleBootstrap"/>.</summary>
    [JsonPropertyName("ci95_people")]
    public required IReadOnlyDictionary<string, double[]> Ci95People { get; init; }

    /// <summary>Strangers with several photos who get a name most often, the worst one first.</summary>
    public required IReadOnlyList<StrangerShare> WorstStrangers { get; init; }

    /// <summary>How many strangers with several photos get a name in more than a tenth of them.</summary>
    [JsonPropertyName("strangers_above_10pct")]
    public required int StrangersAbove10Pct { get; init; }

    /// <summary>Strangers of each group, where their names tell one (sex and origin of the web faces).</summary>
    public required IReadOnlyList<GroupShare> Groups { get; init; }

    /// <summary>Photos of the family that were asked about, over all seeds.</summary>
    public required int Probes { get; init; }

    /// <summary>Photos of strangers, over all seeds.</summary>
    public required int StrangerPhotos { get; init; }
}

/// <summary>How often one stranger got a name.</summary>
/// <param name="Stranger">Who.</param>
/// <param name="Photos">Answers, over all seeds.</param>
/// <param name="Fpir">Share of them with a name.</param>
public sealed record StrangerShare(string Stranger, int Photos, double Fpir);

/// <summary>How often the strangers of a group got a name.</summary>
/// <param name="Group">Which.</param>
/// <param name="People">Strangers in it.</param>
/// <param name="Fpir">Share of their answers with a name, over all seeds.</param>
/// <param name="Ci95">95 % interval (Wilson's) of one seed's number of people.</param>
public sealed record GroupShare(string Group, int People, double Fpir, double[] Ci95);
