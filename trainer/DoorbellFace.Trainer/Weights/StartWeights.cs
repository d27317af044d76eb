using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Weights;

/// <summary>What --start means.</summary>
internal static class StartWeights
{
    /// <summary>Random start values.</summary>
    public const string Random = "random";

    /// <summary>The ImageNet weights that are published for the network.</summary>
    public const string ImageNet = "imagenet";

    /// <summary>The file that a training starts from, or null for random values.</summary>
    /// <param name="start">"random", "imagenet", or a file.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="store">Where published weights are.</param>
    /// <exception cref="UserErrorException">There are no published weights for that network, or they have not been fetched.</exception>
    public static string? FileFor(string start, string network, WeightStore store) => start switch
    {
        Random => null,
        ImageNet => store.Require(PublishedWeights.Of(network)),
        _ => start,
    };

    /// <summary>Puts the file's weights into the network; its last layer keeps its start values, since its labels are its own.</summary>
    /// <exception cref="InvalidWeightFileException">The file is damaged, or another network's.</exception>
    public static TransferReport Take(string path, FaceNetwork network)
    {
        using WeightFile file = WeightFile.Open(path);
        return WeightTransfer.Into(file, network, takeLastLayer: false);
    }
}
