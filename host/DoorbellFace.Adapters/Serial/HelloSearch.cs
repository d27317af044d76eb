using System.Globalization;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Waits for HELLO, asks for it, and goes through the speeds. Not asked at once: opening has reset an Uno, and what its boot loader hears
/// keeps it from starting. Reads no clock. Not thread-safe: the session owns it.
/// </summary>
public sealed class HelloSearch
{
    /// <summary>Asked so often at a speed at which nothing is understood.</summary>
    private const int TriesInTheDark = 2;

    /// <summary>Asked so often at a speed at which packets are understood: there HELLO itself was damaged.</summary>
    private const int TriesInTheLight = 12;

    /// <summary>
    /// So many bytes that are no packet speak for another speed; the one that is left comes again at the end, for they may also have been
    /// damaged.
    /// </summary>
    private const int BytesOfAnotherSpeed = 30;

    /// <summary>A device in the middle of a frame has been up for long: it is asked soon.</summary>
    private static readonly TimeSpan SoonAfterPackets = TimeSpan.FromMilliseconds(200);

    private readonly DoorbellLinkOptions _options;
    private readonly Queue<int> _ratesLeft;
    private readonly bool _canChangeRate;
    private DateTimeOffset _askAt;
    private readonly long _bytesBefore;
    private long _packetsBefore, _bytesAtThisRate;
    private bool _hasLeftForNonsense;
    private int _asked;
    private bool _heardPackets;

    public HelloSearch(DoorbellLinkOptions options, int rate, bool canChangeRate, DateTimeOffset now, LinkStatistics statistics)
    {
        (_options, _canChangeRate, Rate) = (options, canChangeRate, rate);
        _ratesLeft = new Queue<int>(options.BaudRatesBitsPerSecond.Where(other => other != rate));
        _askAt = now + options.HelloWait;
        (_bytesBefore, _packetsBefore) = (statistics.BytesReceived, statistics.PacketsAccepted);
        _bytesAtThisRate = _bytesBefore;
    }

    /// <summary>What to do now.</summary>
    public enum Step
    {
        /// <summary>Wait.</summary>
        Wait,

        /// <summary>Send the command that asks for HELLO.</summary>
        Ask,

        /// <summary>Set the speed to <see cref="Rate"/>, then ask.</summary>
        ChangeRate,

        /// <summary>There is nothing more to try: <see cref="Complaint"/>.</summary>
        GiveUp,
    }

    /// <summary>The speed being tried.</summary>
    public int Rate { get; private set; }

    /// <summary>What to do now.</summary>
    /// <param name="now">Now.</param>
    /// <param name="statistics">What has come so far.</param>
    /// <param name="lineIsFree">No frame is under way, or nothing has come for a while.</param>
    public Step Next(DateTimeOffset now, LinkStatistics statistics, bool lineIsFree)
    {
        if (!_heardPackets && statistics.PacketsAccepted > _packetsBefore)
        {
            _heardPackets = true;
            DateTimeOffset soon = now + SoonAfterPackets;
            if (soon < _askAt) _askAt = soon;
        }
        bool isNonsense = !_heardPackets && statistics.BytesReceived - _bytesAtThisRate >= BytesOfAnotherSpeed;
        if (isNonsense && _canChangeRate && !_hasLeftForNonsense && _ratesLeft.Count > 0)
        {
            _hasLeftForNonsense = true;
            _ratesLeft.Enqueue(Rate);
            return ChangeTo(_ratesLeft.Dequeue(), now, statistics);
        }
        if (now < _askAt) return Step.Wait;
        if (_asked < (_heardPackets || !_canChangeRate ? TriesInTheLight : TriesInTheDark))
        {
            if (!lineIsFree && now - _askAt < _options.GapPatience) return Step.Wait;
            _asked++;
            _askAt = now + _options.HelloAnswer;
            return Step.Ask;
        }
        if (!_canChangeRate || !_ratesLeft.TryDequeue(out int rate)) return Step.GiveUp;
        return ChangeTo(rate, now, statistics);
    }

    private Step ChangeTo(int rate, DateTimeOffset now, LinkStatistics statistics)
    {
        (Rate, _asked, _heardPackets, _askAt) = (rate, 0, false, now);
        (_packetsBefore, _bytesAtThisRate) = (statistics.PacketsAccepted, statistics.BytesReceived);
        return Step.ChangeRate;
    }

    /// <summary>Why no device was found.</summary>
    public LinkTrouble Complaint(string name, LinkStatistics statistics)
    {
        long bytes = statistics.BytesReceived - _bytesBefore;
        string rates = string.Join(", ", _options.BaudRatesBitsPerSecond.Select(rate => rate.ToString("N0", CultureInfo.InvariantCulture)));
        if (bytes == 0)
        {
            return new(
                LinkFault.NothingComes,
                $"{name} is open, but nothing comes from it, at none of {rates} bit/s. Is it the doorbell's port, and is the doorbell's "
                + $"program on the board?");
        }
        return _heardPackets
            ? new(LinkFault.DoesNotAnswer,
                $"{name} sends packets, but does not introduce itself when asked. Is the wire from the computer to the board (RX) sound?")
            : new(LinkFault.NotUnderstood,
                $"{name} sends bytes ({bytes:N0} so far), but nothing that can be understood at {rates} bit/s. Another device, or another "
                + $"baud rate?");
    }
}
