using System.Text.Json.Serialization;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Reproduction;

/// <summary>What all trainings of a grid have in common. Kept in its folder; a grid that goes on must have the same.</summary>
internal sealed record GridSettings
{
    /// <summary>Epochs of fine tuning.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>Epochs of a last layer over frozen features, which take no time.</summary>
    public int FeatureEpochs { get; init; } = 100;

    /// <summary>Edge of the input in pixels, but for the reference CNN, which takes 256 only.</summary>
    public int Size { get; init; } = 112;

    /// <summary>Pictures in a step.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Whether fine tuning is computed with 16 bits where that is enough; see <see cref="MixedPrecisionOperations"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MixedPrecision { get; init; }

    /// <summary>What each network starts from, by its name; networks not named start at random.</summary>
    public IReadOnlyDictionary<string, string> Starts { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the pictures.</summary>
    public string DatasetSha256 { get; init; } = "";

    /// <summary>What a network starts from.</summary>
    public string StartOf(string network) => Starts.GetValueOrDefault(network, StartWeights.Random);

    /// <summary>Everything that is wrong with these settings, a sentence each.</summary>
    public IEnumerable<string> Complaints()
    {
        int smallest = NetworkKind.All.Where(kind => GridPlan.Networks.Contains(kind.Name)).Max(kind => kind.SmallestSize);
        if (Size < smallest || Size > 512) yield return $"--size is {Size}; expected {smallest} (AlexNet's smallest) to 512 pixels.";
        if (Epochs is < 1 or > 1000) yield return $"--epochs is {Epochs}; expected 1 to 1000.";
        if (FeatureEpochs is < 1 or > 1000) yield return $"--feature-epochs is {FeatureEpochs}; expected 1 to 1000.";
        if (Batch is < 2 or > 1024) yield return $"--batch is {Batch}; expected 2 to 1024.";
        foreach (string network in Starts.Keys.Where(name => NetworkKind.All.All(kind => kind.Name != name)))
            yield return $"--start names the network '{network}'; expected one of "
                + $"{string.Join(", ", NetworkKind.All.Select(kind => kind.Name))}.";
    }
}
