namespace DoorbellFace.Core.People;

/// <summary>Which samples of a person can go because others say the same.</summary>
public static class Redundancy
{
    /// <summary>
    /// A sample is as redundant as it is, in the mean, like so many of its nearest neighbours; with one alone the two of the nearest pair
    /// could not be told apart.
    /// </summary>
    private const int Neighbours = 2;

    /// <summary>The samples beyond a number, the most redundant first; of equally redundant ones the poorer picture goes first.</summary>
    /// <param name="most">How many may stay, 1 or more.</param>
    /// <param name="samples">With their embeddings.</param>
    public static IReadOnlyList<StoredSample> Beyond(int most, IReadOnlyList<StoredSample> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var left = samples.ToList();
        var redundant = new List<StoredSample>();
        while (left.Count > most)
        {
            StoredSample next = left.OrderByDescending(sample => Of(sample, left)).ThenBy(sample => sample.Weight).First();
            left.Remove(next);
            redundant.Add(next);
        }
        return redundant;
    }

    private static float Of(StoredSample sample, List<StoredSample> all) => all
        .Where(other => other != sample)
        .Select(other => sample.Embedding!.Similarity(other.Embedding!))
        .OrderDescending()
        .Take(Neighbours)
        .DefaultIfEmpty()
        .Average();
}
