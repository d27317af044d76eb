namespace DoorbellFace.Measuring;

/// <summary>Chance that hangs on a photo's name: the same for the same photo in every run, wherever the data lie.</summary>
internal static class PhotoSeed
{
    /// <summary>A seed of a photo's own.</summary>
    /// <param name="path">The photo; its folders do not count.</param>
    /// <param name="seed">The seed of the run.</param>
    public static int Of(string path, int seed)
    {
        foreach (char letter in Path.GetFileName(path)) seed = unchecked((seed * 31) + letter);
        return seed;
    }
}
