using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Events on their way from the link's worker to whoever looks at them. Bounded, with a rule for each kind: of frames the latest are
/// kept; remarks, counters and refusals make room for newer ones; BELL, LinkUp and LinkDown are never dropped (they come at the pace
/// of a finger on a button and of a hand on a cable). Everything left out is counted. One writer, one reader.
/// </summary>
public sealed class LinkEventQueue
{
    private readonly Lock _lock = new();
    private readonly LinkedList<LinkEvent> _events = new();
    private readonly Channel<bool> _added =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly int _mostFrames, _mostOthers;
    private int _frames, _others;
    private long _framesSkipped, _eventsDropped;

    /// <summary>Keeps that many frames and that many remarks, counters and refusals.</summary>
    public LinkEventQueue(int mostFrames, int mostOthers)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostFrames);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostOthers);
        (_mostFrames, _mostOthers) = (mostFrames, mostOthers);
    }

    /// <summary>Whole frames that gave way to newer ones.</summary>
    public long FramesSkipped => Interlocked.Read(ref _framesSkipped);

    /// <summary>Remarks, counters and refusals that gave way to newer ones.</summary>
    public long EventsDropped => Interlocked.Read(ref _eventsDropped);

    private enum Kind
    {
        NeverDropped,
        Frame,
        Other,
    }

    /// <summary>Adds an event; another may give way to it.</summary>
    public void Add(LinkEvent linkEvent)
    {
        lock (_lock)
        {
            _events.AddLast(linkEvent);
            switch (KindOf(linkEvent))
            {
                case Kind.Frame when ++_frames > _mostFrames:
                    RemoveOldest(Kind.Frame);
                    _framesSkipped++;
                    break;
                case Kind.Other when ++_others > _mostOthers:
                    RemoveOldest(Kind.Other);
                    _eventsDropped++;
                    break;
                default:
                    break;
            }
        }
        _added.Writer.TryWrite(true);
    }

    /// <summary>No more will come.</summary>
    public void Complete() => _added.Writer.TryComplete();

    /// <summary>The events, in order, until <see cref="Complete"/>.</summary>
    public async IAsyncEnumerable<LinkEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _added.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _added.Reader.TryRead(out _);
            while (TryTake() is { } linkEvent) yield return linkEvent;
        }
        while (TryTake() is { } linkEvent) yield return linkEvent;
    }

    private LinkEvent? TryTake()
    {
        lock (_lock)
        {
            if (_events.First is not { } first) return null;
            Remove(first);
            return first.Value;
        }
    }

    private void RemoveOldest(Kind kind)
    {
        LinkedListNode<LinkEvent> node = _events.First!;
        while (KindOf(node.Value) != kind) node = node.Next!;
        Remove(node);
    }

    private void Remove(LinkedListNode<LinkEvent> node)
    {
        _events.Remove(node);
        Kind kind = KindOf(node.Value);
        if (kind == Kind.Frame) _frames--;
        if (kind == Kind.Other) _others--;
    }

    private static Kind KindOf(LinkEvent linkEvent) => linkEvent switch
    {
        FrameReceived => Kind.Frame,
        BellReceived or LinkUp or LinkDown => Kind.NeverDropped,
        _ => Kind.Other,
    };
}
