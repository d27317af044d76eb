using System.Globalization;

namespace DoorbellFace.Terminal;

/// <summary>
/// Progress as lines that stay: one at the beginning, one every ten seconds and one at the end. Safe to call from several threads.
/// </summary>
/// <param name="write">Where a line goes.</param>
/// <param name="time">The clock.</param>
public sealed class PlainProgress(Action<string> write, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long? _toldAt;

    /// <summary>Tells how far the work is, if it is time.</summary>
    public void Tell(string words, double done, double total)
    {
        lock (_lock)
        {
            bool isDue = _toldAt is not { } at || time.GetElapsedTime(at) >= Pause || done >= total;
            if (!isDue) return;
            _toldAt = time.GetTimestamp();
            write(string.Create(CultureInfo.InvariantCulture, $"{words}: {done:0} of {total:0}"));
        }
    }
}
