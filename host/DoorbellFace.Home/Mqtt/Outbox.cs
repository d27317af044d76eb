namespace DoorbellFace.Home.Mqtt;

/// <summary>What happens once.</summary>
internal enum OnceKind
{
    /// <summary>A ring.</summary>
    Ring,

    /// <summary>The answer to a visit.</summary>
    Visitor,

    /// <summary>A picture.</summary>
    Picture,
}

/// <summary>Something that happens once, and is sent once.</summary>
/// <param name="Kind">What.</param>
/// <param name="Topic">Where it is said.</param>
/// <param name="Content">What is said.</param>
/// <param name="Since">The steady clock's time stamp of when it came.</param>
/// <param name="At">When it happened, as the clock on the wall shows it.</param>
internal sealed record OnceMessage(OnceKind Kind, string Topic, byte[] Content, long Since, DateTimeOffset At);

/// <summary>Counts since the start.</summary>
/// <param name="Sent">Messages that the broker has taken; rings and answers among them had a listener.</param>
/// <param name="PutAside">Times that nobody listened to a message.</param>
/// <param name="TooOld">Events that were too old to be sent as if they happened now; rings among them are missed rings.</param>
/// <param name="Overflowed">Events that gave way in a full queue; rings among them are missed rings.</param>
/// <param name="MissedRings">Rings that nobody was told of live.</param>
internal readonly record struct OutboxCounters(long Sent, long PutAside, long TooOld, long Overflowed, long MissedRings);

/// <summary>
/// What waits for the broker: how things stand, of which only the newest counts, and what happens once, bounded by number and age. A ring
/// that waited too long is counted as missed and never sent: nobody must run to the door for somebody who has gone. Thread-safe.
/// </summary>
/// <param name="time">The clock for ages.</param>
internal sealed class Outbox(TimeProvider time)
{
    /// <summary>More do not wait; the oldest gives way.</summary>
    public const int MostWaiting = 100;

    /// <summary>An event that is older than this happens no more.</summary>
    public static readonly TimeSpan LiveFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _states = new(StringComparer.Ordinal);
    private readonly LinkedList<OnceMessage> _once = [];
    private readonly LinkedList<OnceMessage> _aside = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private TaskCompletionSource _wake = NewWake();
    private OutboxCounters _counters;
    private DateTimeOffset? _lastMissed;

    /// <summary>The counts as they stand.</summary>
    public OutboxCounters Counters
    {
        get
        {
            lock (_gate) return _counters;
        }
    }

    /// <summary>When the last missed ring was; null: none was missed.</summary>
    public DateTimeOffset? LastMissed
    {
        get
        {
            lock (_gate) return _lastMissed;
        }
    }

    /// <summary>How something stands now; the same again is not sent again.</summary>
    public void Set(string topic, byte[] content)
    {
        lock (_gate)
        {
            if (_states.TryGetValue(topic, out byte[]? before) && before.AsSpan().SequenceEqual(content)) return;
            _states[topic] = content;
            _changed.Add(topic);
        }
        Wake();
    }

    /// <summary>Something has happened.</summary>
    public void Add(OnceKind kind, string topic, byte[] content, DateTimeOffset at)
    {
        lock (_gate)
        {
            // Of two pictures that wait the newer is the one to see.
            if (kind == OnceKind.Picture) RemoveWhere(message => message.Kind == OnceKind.Picture);
            if (_once.Count + _aside.Count == MostWaiting)
            {
                LinkedList<OnceMessage> oldest = _aside.Count > 0 ? _aside : _once;
                _counters = _counters with { Overflowed = _counters.Overflowed + 1 };
                Miss(oldest.First!.Value);
                oldest.RemoveFirst();
            }
            _once.AddLast(new OnceMessage(kind, topic, content, time.GetTimestamp(), at));
        }
        Wake();
    }

    /// <summary>Nothing of a picture is to be sent any more.</summary>
    public void DropPictures()
    {
        lock (_gate) RemoveWhere(message => message.Kind == OnceKind.Picture);
    }

    /// <summary>Everything about how things stand is to be sent again: the broker, or whoever listens, may have forgotten it.</summary>
    public void SetAllChanged()
    {
        lock (_gate) _changed.UnionWith(_states.Keys);
        Wake();
    }

    /// <summary>The next state that has changed; null when none has.</summary>
    /// <param name="only">This one or none; null: any.</param>
    public (string Topic, byte[] Content)? NextState(string? only = null)
    {
        lock (_gate)
        {
            if (_changed.Count == 0 || (only is not null && !_changed.Contains(only))) return null;
            string topic = only ?? _changed.Order(StringComparer.Ordinal).First();
            _changed.Remove(topic);
            return (topic, _states[topic]);
        }
    }

    /// <summary>It could not be sent: it waits again, unless it has changed meanwhile.</summary>
    public void PutBack(string topic)
    {
        lock (_gate) _changed.Add(topic);
    }

    /// <summary>The oldest event that still happens; what is too old is counted and dropped. It stays until <see cref="Remove"/> or
    /// <see cref="PutAside"/>.</summary>
    public OnceMessage? Peek()
    {
        lock (_gate)
        {
            while (_once.First is { } first)
            {
                if (time.GetElapsedTime(first.Value.Since) <= LiveFor) return first.Value;
                _counters = _counters with { TooOld = _counters.TooOld + 1 };
                Miss(first.Value);
                _once.RemoveFirst();
            }
            return null;
        }
    }

    /// <summary>The broker has it, and nobody listens: it waits until <see cref="TakeUp"/>, and keeps nothing else waiting.</summary>
    public void PutAside(OnceMessage message)
    {
        lock (_gate)
        {
            if (!_once.Remove(message)) return;
            _aside.AddLast(message);
            _counters = _counters with { PutAside = _counters.PutAside + 1 };
        }
    }

    /// <summary>What was put aside is to be sent before everything else.</summary>
    public void TakeUp()
    {
        lock (_gate)
        {
            for (; _aside.Last is { } last; _aside.RemoveLast()) _once.AddFirst(last.Value);
        }
    }

    /// <summary>It need not be sent any more.</summary>
    public void Remove(OnceMessage message)
    {
        lock (_gate)
        {
            _counters = _counters with { Sent = _counters.Sent + 1 };
            _once.Remove(message);
        }
    }

    /// <summary>Waits until something is there to be sent, or a while.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken stop)
    {
        Task woken;
        lock (_gate) woken = _wake.Task;
        await Task.WhenAny(woken, Task.Delay(atMost, time, stop)).ConfigureAwait(false);
        lock (_gate)
        {
            if (_wake.Task.IsCompleted) _wake = NewWake();
        }
    }

    /// <summary>Something else than a message asks for attention.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _wake.TrySetResult();
        }
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Miss(OnceMessage message)
    {
        if (message.Kind != OnceKind.Ring) return;
        _counters = _counters with { MissedRings = _counters.MissedRings + 1 };
        _lastMissed = message.At;
    }

    private void RemoveWhere(Predicate<OnceMessage> isGone)
    {
        for (LinkedListNode<OnceMessage>? node = _once.First; node is not null;)
        {
            LinkedListNode<OnceMessage>? next = node.Next;
            if (isGone(node.Value)) _once.Remove(node);
            node = next;
        }
    }
}
