using System.Globalization;

namespace DoorbellFace.Trainer.Weights;

/// <summary>What became of a file of weights in a network.</summary>
/// <param name="Taken">The network's tensors that were taken from the file.</param>
/// <param name="Random">Those that were not, and start at random.</param>
/// <param name="Unused">Tensors of the file that the network has no place for.</param>
/// <param name="TakenNumbers">How many numbers were taken.</param>
/// <param name="RandomNumbers">How many start at random.</param>
/// <param name="LastLayer">Name of the layer that is this task's own.</param>
internal sealed record TransferReport(
    IReadOnlyList<string> Taken, IReadOnlyList<string> Random, IReadOnlyList<string> Unused, long TakenNumbers, long RandomNumbers,
        string LastLayer)
{
    private const int LayersNamed = 8;

    /// <summary>The layers that start at random, without the last one.</summary>
    public IReadOnlyList<string> RandomLayers => [.. Random.Select(LayerOf).Where(layer => layer != LastLayer).Distinct()];

    /// <summary>A sentence or three for the user.</summary>
    public string Describe()
    {
        string text =
            string.Create(CultureInfo.InvariantCulture, $"Taken: {Taken.Count} tensors, {TakenNumbers / 1e6:0.00} million numbers.");
        if (Random.Any(name => LayerOf(name) == LastLayer))
            text += $" The last layer, {LastLayer}, starts at random: it has this task's labels.";
        if (RandomLayers.Count > 0)
        {
            string more = RandomLayers.Count > LayersNamed
                ? string.Create(CultureInfo.InvariantCulture, $" and {RandomLayers.Count - LayersNamed} more")
                : "";
            text += $" Not in the file, so these start at random too: {string.Join(", ", RandomLayers.Take(LayersNamed))}{more}.";
        }
        if (Unused.Count > 0)
            text += string.Create(CultureInfo.InvariantCulture,
                $" {Unused.Count} tensors of the file have no place in this network: "
                + $"{string.Join(", ", Unused.Take(3).Select(Printable.Text))}{(Unused.Count > 3 ? ", ..." : "")}.");
        return text;
    }

    private static string LayerOf(string name) => name[..name.LastIndexOf('.')];
}
