using DoorbellFace.Terminal;

namespace DoorbellFace.Trainer.Weights;

/// <summary>Brings published weights into the store, from the network or from a folder.</summary>
/// <param name="store">Where they go.</param>
/// <param name="time">The clock.</param>
/// <param name="settings">How patient a download is.</param>
internal sealed class WeightPull(WeightStore store, TimeProvider time, DownloadSettings settings)
{
    /// <summary>Where the weights go.</summary>
    public WeightStore Store { get; } = store;

    /// <summary>Fetches the weights, if they are not here.</summary>
    /// <param name="weights">Which.</param>
    /// <param name="mirror">The folder of another server than <see cref="PublishedWeights.Home"/>; ends in a slash.</param>
    /// <param name="onProgress">Is told bytes so far, and of how many.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Whether they had to be fetched.</returns>
    /// <exception cref="UserErrorException">It did not succeed.</exception>
    public bool FromNetwork(PublishedWeights weights, Uri? mirror, Action<long, long?> onProgress, CancellationToken stop)
    {
        if (IsHere(weights)) return false;
        // The silence that the download allows is its own; the client's limit would cut off large files.
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"DoorbellFace/{ProgramVersion.Text}");
        var url = new Uri(mirror ?? weights.Home, weights.FileName);
        new WeightDownload(client, settings, time).FetchAsync(url, Store.PartOf(weights), weights.MostBytes, onProgress, stop).GetAwaiter()
            .GetResult();
        Store.TakeIn(weights, url.ToString(), time.GetUtcNow());
        return true;
    }

    /// <summary>Copies the weights out of a folder, if they are not here.</summary>
    /// <param name="weights">Which.</param>
    /// <param name="folder">The folder; the file has its published name there.</param>
    /// <param name="onProgress">Is told bytes so far, and of how many.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Whether they had to be copied.</returns>
    /// <exception cref="UserErrorException">The file is not in the folder, or is something else.</exception>
    public bool FromFolder(PublishedWeights weights, string folder, Action<long, long?> onProgress, CancellationToken stop)
    {
        if (IsHere(weights)) return false;
        string source = Path.Combine(folder, weights.FileName);
        if (!File.Exists(source))
            throw new UserErrorException(
                $"There is no '{source}'. Fetch it on another computer from {new Uri(weights.Home, weights.FileName)} and put it "
                + $"there under that name.");
        using (FileStream from = File.OpenRead(source))
        using (FileStream to = File.Create(Store.PartOf(weights)))
        {
            var buffer = new byte[1 << 20];
            for (int read; (read = from.Read(buffer)) > 0;)
            {
                stop.ThrowIfCancellationRequested();
                to.Write(buffer, 0, read);
                onProgress(to.Length, from.Length);
            }
        }
        Store.TakeIn(weights, Path.GetFullPath(source), time.GetUtcNow());
        return true;
    }

    private bool IsHere(PublishedWeights weights)
    {
        Directory.CreateDirectory(Store.Folder);
        return Store.Check(weights) switch
        {
            WeightCondition.Sound => true,
            WeightCondition.Missing => false,
            _ => throw new UserErrorException(
                $"'{Store.PathOf(weights)}' is not what it first was: it is damaged, or somebody changed it. Look at it, delete it, and "
                + $"give the same command again.", ExitCode.Failed),
        };
    }
}
