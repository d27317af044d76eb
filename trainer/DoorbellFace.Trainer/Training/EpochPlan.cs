using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Training;

/// <summary>Which crops are seen in an epoch, in which order, in which batches. Depends on the seed and the epoch alone.</summary>
internal sealed class EpochPlan
{
    private readonly int[] _family, _strangers;
    private readonly int _batch, _seed;

    /// <summary>Plans over the training crops.</summary>
    /// <param name="crops">All training crops.</param>
    /// <param name="unknownLabel">Class index of the strangers, or -1.</param>
    /// <param name="batch">Most crops in a batch, 2 or more.</param>
    /// <param name="seed">The training's seed.</param>
    public EpochPlan(IReadOnlyList<LabelledCrop> crops, int unknownLabel, int batch, int seed)
    {
        int[] all = [.. Enumerable.Range(0, crops.Count)];
        _family = [.. all.Where(index => crops[index].Label != unknownLabel)];
        _strangers = [.. all.Where(index => crops[index].Label == unknownLabel)];
        _batch = batch;
        _seed = seed;
    }

    /// <summary>
    /// Plans over crops of which the first are all seen in every epoch, and of the others at most as many, drawn again each time.
    /// </summary>
    /// <param name="always">The first so many.</param>
    /// <param name="others">How many follow.</param>
    /// <param name="batch">Most crops in a batch, 2 or more.</param>
    /// <param name="seed">The training's seed.</param>
    public EpochPlan(int always, int others, int batch, int seed)
    {
        _family = [.. Enumerable.Range(0, always)];
        _strangers = [.. Enumerable.Range(always, others)];
        _batch = batch;
        _seed = seed;
    }

    /// <summary>Crops in an epoch: all of the family, and at most as many strangers, so that these do not drown the family.</summary>
    public int CropsPerEpoch => _family.Length + Math.Min(_strangers.Length, _family.Length);

    /// <summary>Batches in an epoch.</summary>
    public int BatchesPerEpoch => (CropsPerEpoch + _batch - 1) / _batch;

    /// <summary>
    /// The batches of an epoch, as indices of crops. They are as even as can be: a last batch of one would have no spread to normalise by.
    /// </summary>
    /// <param name="epoch">From 0.</param>
    public IReadOnlyList<int[]> Batches(int epoch)
    {
        var random = new SeededRandom(_seed, epoch);
        int[] strangers = [.. _strangers];
        random.Shuffle(strangers);
        int[] order = [.. _family, .. strangers.Take(_family.Length)];
        random.Shuffle(order);
        int count = BatchesPerEpoch;
        return [.. Enumerable.Range(0, count).Select(i =>
            order[(int)((long)order.Length * i / count)..(int)((long)order.Length * (i + 1) / count)])];
    }
}
