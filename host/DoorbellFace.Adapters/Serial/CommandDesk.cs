using System.Threading.Channels;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Commands one at a time (docs/protocol.md, "Commands"): the acknowledgement of a ring first, then what the link wishes, then in order;
/// each waits for its ACK and is repeated. It sends nothing itself: it says which byte is to go now. Reads no clock. Not thread-safe: the
/// session owns it.
/// </summary>
public sealed class CommandDesk
{
    private readonly DoorbellLinkOptions _options;
    private readonly ChannelReader<PendingCommand> _waiting;
    private readonly DoorbellLinkCounters _counters;

    private BellPacket? _pressToAcknowledge;
    private HostCommand? _wish;
    private PendingCommand? _current;
    private int _tries;
    private DateTimeOffset? _sentAt, _readySince;

    public CommandDesk(DoorbellLinkOptions options, ChannelReader<PendingCommand> waiting, DoorbellLinkCounters counters) =>
        (_options, _waiting, _counters) = (options, waiting, counters);

    /// <summary>A ring has come, for the first time or again.</summary>
    public void Acknowledge(BellPacket bell)
    {
        // The repeat that crossed its acknowledgement on the line needs no second one.
        bool isBeingAcknowledged = _current is { } current && current.Command.Acknowledges(bell.Press);
        if (!isBeingAcknowledged) _pressToAcknowledge = bell;
    }

    /// <summary>
    /// Something that the link itself wants of the device; what becomes of it is nobody's concern. The newest wish counts.
    /// </summary>
    public void Wish(HostCommand command) => _wish = command;

    /// <summary>The device has answered.</summary>
    public void Take(AckPacket ack)
    {
        if (_current is null || _sentAt is null || ack.Command != _current.Command.Code) return;
        Finish(ack.Result == AckResult.Done);
    }

    /// <summary>The device has started again: what it was told before is forgotten, and is told again.</summary>
    public void Restarted()
    {
        if (_current is null) return;
        if (_current.Command == HostCommand.Reset) Finish(done: true);
        else (_sentAt, _tries) = (null, Math.Max(0, _tries - 1));
    }

    /// <summary>
    /// The byte to send now, or null.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="lineIsFree">No frame is under way, or nothing has come for a while.</param>
    public byte? Next(DateTimeOffset now, bool lineIsFree)
    {
        if (_sentAt is { } sentAt)
        {
            if (now - sentAt < _options.AckWait) return null;
            _sentAt = null;
            // A ring that is still not acknowledged is told again by the device itself.
            if (_tries >= _options.CommandTries || _current!.Command.IsBellAck)
            {
                _counters.CommandsUnanswered++;
                Finish(done: false);
            }
        }
        _current ??= TakeNext();
        if (_current is null)
        {
            _readySince = null;
            return null;
        }
        _readySince ??= now;
        if (!lineIsFree)
        {
            if (now - _readySince < _options.GapPatience) return null;
            _counters.CommandsSentIntoFrames++;
        }
        _readySince = null;
        _sentAt = now;
        _counters.CommandsSent++;
        if (_tries++ > 0) _counters.CommandsRepeated++;
        return _current.Command.WireByte;
    }

    /// <summary>The connection has ended.</summary>
    public void GiveUp()
    {
        if (_current is not null) Finish(done: false);
        (_pressToAcknowledge, _wish) = (null, null);
    }

    private PendingCommand? TakeNext()
    {
        if (_pressToAcknowledge is { } bell)
        {
            _pressToAcknowledge = null;
            return new PendingCommand(HostCommand.BellAck(bell.Press));
        }
        if (_wish is { } wish)
        {
            _wish = null;
            return new PendingCommand(wish);
        }
        while (_waiting.TryRead(out PendingCommand? pending)) if (!pending.Answer.Task.IsCompleted) return pending;
        return null;
    }

    private void Finish(bool done)
    {
        _current!.Answer.TrySetResult(done);
        (_current, _tries, _sentAt, _readySince) = (null, 0, null, null);
    }
}
