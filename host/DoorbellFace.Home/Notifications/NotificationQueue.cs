using System.Threading.Channels;
using DoorbellFace.Core.Identity;

namespace DoorbellFace.Home.Notifications;

/// <summary>What waits for one receiver, in order, bounded by number and age. Thread-safe.</summary>
/// <param name="time">The clock for ages.</param>
internal sealed class NotificationQueue(TimeProvider time)
{
    /// <summary>More do not wait; the oldest gives way.</summary>
    public const int MostWaiting = 16;

    /// <summary>Whoever rang longer ago is no news.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<(Notification What, long Since)> _waiting = [];
    private readonly Channel<bool> _added =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _overflowed, _tooOld;

    /// <summary>Notifications that gave way in a full queue.</summary>
    public long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>Notifications that were too old when their turn came.</summary>
    public long TooOld => Interlocked.Read(ref _tooOld);

    /// <summary>Puts one at the end; returns at once.</summary>
    public void Add(Notification notification)
    {
        lock (_gate)
        {
            if (_waiting.Count == MostWaiting)
            {
                _overflowed++;
                _waiting.RemoveFirst();
            }
            _waiting.AddLast((notification, time.GetTimestamp()));
        }
        _added.Writer.TryWrite(true);
    }

    /// <summary>Waits for the first; it stays until <see cref="Remove"/>.</summary>
    public async Task<Notification> FirstAsync(CancellationToken stop)
    {
        while (true)
        {
            if (First() is { } first) return first;
            await _added.Reader.ReadAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>It still waits: it was not taken back, did not give way and is not too old.</summary>
    public bool Has(Notification notification)
    {
        lock (_gate) return _waiting.Any(waiting => waiting.What.Id == notification.Id && IsNews(waiting.Since));
    }

    /// <summary>It was sent, or given up.</summary>
    public void Remove(Notification notification) => RemoveWhere(waiting => waiting.Id == notification.Id);

    /// <summary>Nothing is to be told of a visit any more.</summary>
    public void Forget(VisitId visit) => RemoveWhere(waiting => waiting.Visit?.Id == visit);

    /// <summary>Nothing is to be told of somebody any more.</summary>
    public void ForgetAllBut(IReadOnlyCollection<string> names) =>
        RemoveWhere(waiting => waiting.Visit?.Visitors().Any(visitor => visitor.Name is { } name && !names.Contains(name)) == true);

    private Notification? First()
    {
        lock (_gate)
        {
            while (_waiting.First is { } first)
            {
                if (IsNews(first.Value.Since)) return first.Value.What;
                _tooOld++;
                _waiting.RemoveFirst();
            }
            return null;
        }
    }

    private bool IsNews(long since) => time.GetElapsedTime(since) <= GoodFor;

    private void RemoveWhere(Predicate<Notification> isGone)
    {
        lock (_gate)
        {
            for (LinkedListNode<(Notification What, long Since)>? node = _waiting.First; node is not null;)
            {
                LinkedListNode<(Notification What, long Since)>? next = node.Next;
                if (isGone(node.Value.What)) _waiting.Remove(node);
                node = next;
            }
        }
    }
}
