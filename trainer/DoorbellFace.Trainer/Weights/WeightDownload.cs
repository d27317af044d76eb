using System.Net;
using System.Net.Http.Headers;
using DoorbellFace.Terminal;

namespace DoorbellFace.Trainer.Weights;

/// <summary>How patient a download is.</summary>
internal sealed record DownloadSettings
{
    /// <summary>Times in a row that nothing may come before it gives up. Whatever comes starts the count again.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The pause before the second attempt; each later one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection that is silent for so long is given up.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// Fetches a file into a part file and goes on where an earlier attempt, or an earlier run of the program, ended. Whether the parts fit
/// together the hash says in the end: the names of the files contain it or their version, so a server has no other one of that name.
/// </summary>
/// <param name="client">Its proxy is the environment's (HTTPS_PROXY, NO_PROXY) unless it was made otherwise.</param>
/// <param name="settings">How patient.</param>
/// <param name="time">The clock.</param>
internal sealed class WeightDownload(HttpClient client, DownloadSettings settings, TimeProvider time)
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Fetches the file.</summary>
    /// <param name="url">What to fetch.</param>
    /// <param name="part">Where it grows.</param>
    /// <param name="mostBytes">More than that is refused.</param>
    /// <param name="onProgress">Is told how many bytes are there, and of how many if the server says so.</param>
    /// <param name="stop">Ends it; what has come stays.</param>
    /// <exception cref="UserErrorException">The server does not have the file, or sends something else, or cannot be reached.</exception>
    public async Task FetchAsync(Uri url, string part, long mostBytes, Action<long, long?> onProgress, CancellationToken stop)
    {
        await using FileStream file = OpenPart(part);
        string reason = "";
        for (int failures = 0; failures < settings.Attempts;)
        {
            if (failures > 0) await Task.Delay(settings.FirstPause * Math.Pow(2, failures - 1), time, stop);
            long before = file.Length;
            string? interruption = await AttemptAsync(url, file, mostBytes, onProgress, stop);
            if (interruption is null) return;
            reason = interruption;
            failures = file.Length > before ? 1 : failures + 1;
        }
        throw new UserErrorException(
            $"{url} could not be fetched: {reason}. {file.Length} bytes have come so far and are kept; the same command goes on from "
            + $"there. "
            + "Without a network, put the file into a folder and use --from; behind a proxy, set HTTPS_PROXY.",
            ExitCode.Failed);
    }

    private static FileStream OpenPart(string part)
    {
        try
        {
            return new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new UserErrorException($"'{part}' cannot be written: {error.Message} Perhaps another download of it is running.");
        }
    }

    /// <summary>One connection.</summary>
    /// <returns>Null when the file is whole; otherwise why it is not, where another attempt makes sense.</returns>
    private async Task<string?> AttemptAsync(Uri url, FileStream file, long mostBytes, Action<long, long?> onProgress,
        CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (file.Length > 0) request.Headers.Range = new RangeHeaderValue(file.Length, null);
        using var patience = new CancellationTokenSource(settings.LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // As long as the whole, or longer: the former is done, the latter begins again.
                if (response.Content.Headers.ContentRange?.Length == file.Length) return null;
                file.SetLength(0);
                return "what had come before does not fit what the server has";
            }
            if (!response.IsSuccessStatusCode) return StatusReason(url, response.StatusCode);
            bool goesOn = response.StatusCode == HttpStatusCode.PartialContent
                && response.Content.Headers.ContentRange?.From == file.Length;
            if (response.StatusCode == HttpStatusCode.PartialContent && !goesOn)
            {
                file.SetLength(0);
                return "the server sent another piece than was asked for";
            }
            if (!goesOn) file.SetLength(0);
            long? total = response.Content.Headers.ContentLength is { } rest ? file.Length + rest : null;
            if (total > mostBytes) throw TooLong(file, url, total.Value, mostBytes);
            file.Position = file.Length;
            onProgress(file.Length, total);
            await using Stream body = await response.Content.ReadAsStreamAsync(either.Token);
            return await ReceiveAsync(url, body, file, total, mostBytes, onProgress, patience, either.Token);
        }
        catch (HttpRequestException error)
        {
            return error.InnerException?.Message ?? error.Message;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"nothing came for {settings.LongestSilence.TotalSeconds:0.#} seconds");
        }
    }

    private async Task<string?> ReceiveAsync(
        Uri url, Stream body, FileStream file, long? total, long mostBytes, Action<long, long?> onProgress,
            CancellationTokenSource patience, CancellationToken stop)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            int read;
            try
            {
                read = await body.ReadAsync(buffer, stop);
            }
            catch (IOException error)
            {
                // Only the network's; a full disk fails below, and trying again would not help.
                return error.Message;
            }
            if (read == 0) return total is null || file.Length == total ? null : "the connection ended too early";
            if (file.Length + read > mostBytes) throw TooLong(file, url, file.Length + read, mostBytes);
            file.Write(buffer, 0, read);
            file.Flush();
            patience.CancelAfter(settings.LongestSilence);
            onProgress(file.Length, total);
        }
    }

    private static string StatusReason(Uri url, HttpStatusCode status)
    {
        string answer = $"the server answers {(int)status} ({status})";
        bool mayPass = (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
        return mayPass ? answer : throw new UserErrorException($"{url} could not be fetched: {answer}.", ExitCode.Failed);
    }

    private static UserErrorException TooLong(FileStream file, Uri url, long bytes, long mostBytes)
    {
        file.SetLength(0);
        return new(
            $"{url} sends {bytes} bytes or more, and at most {mostBytes} were expected: this is another file. Nothing of it is kept.",
                ExitCode.Failed);
    }
}
