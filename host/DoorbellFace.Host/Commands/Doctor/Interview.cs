using System.Threading.Channels;
using DoorbellFace.Core.Link;
using DoorbellFace.Adapters.Serial;

namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>A conversation with the doorbell: asks, waits for an answer so long and no longer, and keeps what was said besides.</summary>
internal sealed class Interview : IAsyncDisposable
{
    private readonly DoorbellLink _link;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _over = new();
    private readonly Channel<LinkEvent> _events = Channel.CreateUnbounded<LinkEvent>();
    private readonly List<LogPacket> _remarks = [];
    private readonly Task _listening;
    private int? _boot;

    /// <summary>Begins to listen; the link stays the caller's.</summary>
    public Interview(DoorbellLink link, TimeProvider time)
    {
        (_link, _time) = (link, time);
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>The device's remarks since its last start.</summary>
    public IReadOnlyList<LogPacket> Remarks => _remarks;

    /// <summary>Why the connection has broken off, in the link's words; null while it has not.</summary>
    public string? LostBecause { get; private set; }

    /// <summary>The connection has broken off.</summary>
    public bool IsLost => LostBecause is not null;

    /// <summary>The bell was rung meanwhile.</summary>
    public bool HeardBell { get; private set; }

    /// <summary>The link's counters: a copy.</summary>
    public LinkStatistics Statistics => _link.Statistics;

    /// <summary>Sends a command; false when the device does not do it.</summary>
    public Task<bool> SendAsync(HostCommand command, CancellationToken stop) => _link.SendAsync(command, stop);

    /// <summary>Waits for the next event that is wanted.</summary>
    /// <returns>It; null when it did not come in time, or the connection ended.</returns>
    public async Task<LinkEvent?> NextAsync(TimeSpan limit, Func<LinkEvent, bool> isWanted, CancellationToken stop)
    {
        using var timeIsUp = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeIsUp.Token);
        try
        {
            while (true)
            {
                LinkEvent next = await _events.Reader.ReadAsync(either.Token);
                Note(next);
                if (isWanted(next)) return next;
                if (next is LinkDown) return null;
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private void Note(LinkEvent next)
    {
        if (next is HelloReceived { Hello.Boot: var boot } && boot != _boot)
        {
            _boot = boot;
            _remarks.Clear();
        }
        if (next is LinkDown down) LostBecause = down.Reason;
        if (next is LogReceived remark) _remarks.Add(remark.Log);
        if (next is BellReceived) HeardBell = true;
    }

    private async Task ListenAsync()
    {
        try
        {
            await foreach (LinkEvent linkEvent in _link.ReadEventsAsync(_over.Token)) _events.Writer.TryWrite(linkEvent);
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}
