using System.Text.RegularExpressions;
using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Weights;

/// <summary>Puts the weights of a file into a network: all of them, or all but those of the last layer, which is another task's.</summary>
internal static partial class WeightTransfer
{
    /// <summary>A counter that only torch's training reads; old files do not have it.</summary>
    private const string Counter = "num_batches_tracked";

    /// <summary>
    /// Takes over every tensor that the file has under the network's name for it. What the file does not have keeps its start value.
    /// </summary>
    /// <param name="file">The weights.</param>
    /// <param name="network">The network. Damage that is noticed only in the middle of the file leaves it half changed.</param>
    /// <param name="takeLastLayer">Whether the last layer is taken too, which only makes sense for the same labels.</param>
    /// <returns>What was taken and what was not.</returns>
    /// <exception cref="InvalidWeightFileException">The file is another network's, or damaged.</exception>
    public static TransferReport Into(WeightFile file, FaceNetwork network, bool takeLastLayer)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Dictionary<string, string> nameInFile = file.Tensors.Keys.DistinctBy(NameOf).ToDictionary(NameOf);
        Dictionary<string, Tensor> mine = network.state_dict();
        string lastLayer = network.LastLayerName + ".";
        List<string> taken = [], missing = [];
        foreach ((string name, Tensor tensor) in mine.Where(entry => !entry.Key.EndsWith(Counter, StringComparison.Ordinal)))
        {
            bool isLastLayer = name.StartsWith(lastLayer, StringComparison.Ordinal);
            if (!nameInFile.TryGetValue(name, out string? stored) || (isLastLayer && !takeLastLayer))
            {
                missing.Add(name);
                continue;
            }
            IReadOnlyList<long> shape = file.Tensors[stored].Shape;
            if (!shape.SequenceEqual(tensor.shape))
                throw new InvalidWeightFileException(
                    $"'{name}' is {string.Join("x", shape)} in the file and {string.Join("x", tensor.shape)} in {network.GetName()}: these "
                    + $"are the weights of another network.");
            taken.Add(name);
        }
        if (!taken.Any(name => !name.StartsWith(lastLayer, StringComparison.Ordinal)))
            throw new InvalidWeightFileException(
                $"The file has none of the tensors of {network.GetName()}. It has "
                + $"{string.Join(", ", file.Tensors.Keys.Take(3).Select(Printable.Text))}, ...; expected "
                + $"{string.Join(", ", mine.Keys.Take(3))}, ...");
        foreach (string name in taken)
        {
            using Tensor values = from_array(file.Read(nameInFile[name]));
            mine[name].copy_(values.reshape(mine[name].shape));
        }
        return new TransferReport(
            taken,
            missing,
            [.. nameInFile.Keys.Where(name => !mine.ContainsKey(name))],
            taken.Sum(name => mine[name].numel()),
            missing.Sum(name => mine[name].numel()),
            network.LastLayerName);
    }

    /// <summary>Today's name of a tensor: before 2019 the parts of torchvision's dense layers were called norm.1 and conv.1.</summary>
    private static string NameOf(string stored) => OldDenseName().Replace(stored, "$1$2");

    [GeneratedRegex(@"^(.*denselayer\d+\.(?:norm|conv))\.([12]\..*)$")]
    private static partial Regex OldDenseName();
}
