using System.Threading.Channels;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Testing;

/// <summary>A link whose events are kept, so that a test can wait for the one it is about.</summary>
public sealed class LinkUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<LinkEvent> _events = Channel.CreateUnbounded<LinkEvent>();
    private readonly Task _reading;

    public LinkUnderTest(DoorbellLinkOptions options, Action<BellReceived>? pressHeard = null, Func<BellReceived, Task>? keepRing = null)
    {
        Link = new DoorbellLink(options, TimeProvider.System, Log) { PressHeard = pressHeard, KeepRing = keepRing };
        _reading = ReadAsync();
    }

    public LinkUnderTest(string portPath, int baudRateBitsPerSecond = 1_000_000)
        : this(Impatient(portPath, baudRateBitsPerSecond))
    {
    }

    public RecordingLogger Log { get; } = new();

    public DoorbellLink Link { get; }

    /// <summary>A virtual doorbell that does not reset has nothing to wait for: it is asked soon.</summary>
    public static DoorbellLinkOptions Impatient(string portPath, int baudRateBitsPerSecond = 1_000_000) =>
        DoorbellLinkOptions.ForPort(portPath, baudRateBitsPerSecond) with
    {
        HelloWait = TimeSpan.FromMilliseconds(100),
        FirstBackOff = TimeSpan.FromMilliseconds(50),
        MostWaitingFrames = 100_000,
        // Most of these tests compare pixels; the ones of the compressed mode ask for it.
        AsksForFasterMode = false,
        // The computer that runs the tests may be busy with others: a pause of it is not the device's.
        Frames = new FrameAssemblerOptions { Timeout = TimeSpan.FromSeconds(20) },
    };

    /// <summary>The next event of that kind; those before it are passed over.</summary>
    public async Task<T> NextAsync<T>()
        where T : LinkEvent
    {
        using var guard = new CancellationTokenSource(Guard);
        try
        {
            while (true)
            {
                if (await _events.Reader.ReadAsync(guard.Token) is T wanted) return wanted;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"No {typeof(T).Name} within {Guard}. The log: {string.Join(" | ", Log.Remarks.Concat(Log.Warnings))}. {Link.Statistics} "
                + $"{Link.Counters}");
        }
    }

    /// <summary>Events of that kind that have come and were not looked at.</summary>
    public List<T> TakeAll<T>()
        where T : LinkEvent
    {
        var taken = new List<T>();
        while (_events.Reader.TryRead(out LinkEvent? linkEvent)) if (linkEvent is T wanted) taken.Add(wanted);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.WaitAsync(Guard);
        await Link.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (LinkEvent linkEvent in Link.ReadEventsAsync(_stop.Token)) _events.Writer.TryWrite(linkEvent);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
