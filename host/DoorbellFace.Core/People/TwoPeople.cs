using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.People;

/// <summary>Whether pictures that are said to be of one person show two.</summary>
public static class TwoPeople
{
    /// <summary>One odd picture is a mistake; two that agree with each other are another person.</summary>
    public const int SmallestGroup = 2;

    /// <summary>
    /// The two pictures that are least like each other lead, and each other picture joins the one that it is more like. If the two groups
    /// are as unlike as strangers, and neither is a single odd picture, there are two people. The mean of all would let half of each pass.
    /// </summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="embeddingOf">What the model makes of one.</param>
    /// <param name="least">The cosine below which two are unlike.</param>
    /// <returns>The smaller group, and how like the larger it is; null when all may be one person.</returns>
    public static (IReadOnlyList<T> Smaller, float Similarity)? Find<T>(
        IReadOnlyList<T> pictures, Func<T, Embedding> embeddingOf, float least)
        where T : notnull
    {
        if (pictures.Count < 2 * SmallestGroup) return null;
        Embedding[] seen = [.. pictures.Select(embeddingOf)];
        (int first, int second) = (from one in Enumerable.Range(0, seen.Length)
            from other in Enumerable.Range(one + 1, seen.Length - one - 1)
            select (one, other)).MinBy(pair => seen[pair.one].Similarity(seen[pair.other]));
        ILookup<bool, int> groups =
            Enumerable.Range(0, seen.Length).ToLookup(index => seen[index].Similarity(seen[first]) >= seen[index].Similarity(seen[second]));
        int[] ofFirst = [.. groups[true]], ofSecond = [.. groups[false]];
        if (ofFirst.Length < SmallestGroup || ofSecond.Length < SmallestGroup) return null;
        float similarity = CentreOf(ofFirst, seen).Similarity(CentreOf(ofSecond, seen));
        if (similarity >= least) return null;
        return ([.. (ofFirst.Length < ofSecond.Length ? ofFirst : ofSecond).Select(index => pictures[index])], similarity);
    }

    private static Embedding CentreOf(int[] group, Embedding[] seen) => Embedding.Mean(group.Select(index => (seen[index], 1f)));
}
