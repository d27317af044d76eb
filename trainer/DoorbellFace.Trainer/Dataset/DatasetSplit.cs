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
    public static IReadOnlyDictionary<string, Split> Assign(string person, IReadOnlyCollection<string> names, int seed) =>
        AssignGroups(person, [.. names.Select(name => new[] { name })], seed);

    /// <summary>The same for crops of which some must stay together; the parts are then only about as large as they should be.</summary>
    /// <param name="person">Whose crops they are.</param>
    /// <param name="groups">File names that belong on one side, <see cref="MinCrops"/> groups or more.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    public static IReadOnlyDictionary<string, Split> AssignGroups(string person, IReadOnlyCollection<IReadOnlyList<string>> groups,
        int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups.Count, MinCrops);
        IReadOnlyList<string>[] shuffled = [.. groups.OrderBy(group => group.Min(StringComparer.Ordinal), StringComparer.Ordinal)];
        int stream = BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(person)));
        new SeededRandom(seed, stream).Shuffle(shuffled);
        int count = groups.Sum(group => group.Count), next = 0;
        var split = new Dictionary<string, Split>(StringComparer.Ordinal);
        // A part that must still come gets one group at least.
        void Deal(Split part, int wanted, int groupsToLeave)
        {
            for (int dealt = 0; dealt < wanted && shuffled.Length - next > groupsToLeave; next++)
            {
                foreach (string name in shuffled[next]) split.Add(name, part);
                dealt += shuffled[next].Count;
            }
        }

        Deal(Split.Test, Share(count, TestShare), groupsToLeave: 2);
        Deal(Split.Validation, Share(count, ValidationShare), groupsToLeave: 1);
        Deal(Split.Train, int.MaxValue, groupsToLeave: 0);
        return split;
    }

    private static int Share(int count, double share) => Math.Max(1, (int)Math.Round(count * share, MidpointRounding.AwayFromZero));
}
