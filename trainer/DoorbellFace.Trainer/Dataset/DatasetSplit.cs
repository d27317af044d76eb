using System.Security.Cryptography;
using System.Text;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>Divides one person's crops 60/20/20 into training, validation and test.</summary>
internal static class DatasetSplit
{
    /// <summary>Fewest crops that can be divided: one for each part.</summary>
    public const int MinCrops = 3;

    private const double TestShare = 0.2, ValidationShare = 0.2;

    /// <summary>
    /// The part of each crop. The names are sorted, shuffled by the seed and dealt out, so neither the order in which the disk lists
    /// them nor what other people there are makes a difference.
    /// </summary>
    /// <param name="person">Whose crops they are; people with equal file names are shuffled differently.</param>
    /// <param name="names">File names, <see cref="MinCrops"/> or more, all different.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    public static IReadOnlyDictionary<string, Split> Assign(string person, IReadOnlyCollection<string> names, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(names.Count, MinCrops);
        string[] shuffled = [.. names.Order(StringComparer.Ordinal)];
        int stream = BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(person)));
        new SeededRandom(seed, stream).Shuffle(shuffled);
        int test = Share(shuffled.Length, TestShare), validation = Share(shuffled.Length, ValidationShare);
        var split = new Dictionary<string, Split>(StringComparer.Ordinal);
        for (int i = 0; i < shuffled.Length; i++)
            split.Add(shuffled[i], i < test ? Split.Test : i < test + validation ? Split.Validation : Split.Train);
        return split;
    }

    private static int Share(int count, double share) => Math.Max(1, (int)Math.Round(count * share, MidpointRounding.AwayFromZero));
}
