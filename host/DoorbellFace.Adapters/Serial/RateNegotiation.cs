using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Agrees with the device on the fastest serial rate at which nothing is lost, one rate after the other, and on a slower one when frames
/// begin to arrive damaged (docs/protocol.md, "Rates"). It sends nothing itself: it says what is to be done now. Reads no clock. Not
/// thread-safe: the session owns it.
/// </summary>
public sealed class RateNegotiation
{
    /// <summary>A command at a rate on trial is sent so often; so often packets to judge it by are asked for.</summary>
    private const int ProofTries = 3, TestTries = 2;

    /// <summary>At the rate that both ends end at the device is asked for so often: a frame may be under way.</summary>
    private const int ConfirmTries = 8;

    /// <summary>What makes a rate too fast: so many damaged packets, and so large a part of all, within <see cref="DamageTime"/>.</summary>
    private const int MuchDamage = 20, OnePacketIn = 50;

    /// <summary>So many bytes without a good packet: no frame breaks off like that, but a device that has started again does.</summary>
    private const int BytesOfAnotherRate = 100;

    private static readonly TimeSpan ProofAnswer = TimeSpan.FromMilliseconds(250);

    /// <summary>After the last packet to judge by no other comes within this time: three have room in it at the slowest rate.</summary>
    private static readonly TimeSpan TestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>The device leaves a rate on trial a second after it was last spoken to.</summary>
    private static readonly TimeSpan DeviceGoesBack = TimeSpan.FromMilliseconds(1200);

    private static readonly TimeSpan DamageTime = TimeSpan.FromSeconds(10), NonsenseTime = TimeSpan.FromSeconds(1);

    private readonly DoorbellLinkOptions _options;
    private readonly List<RateAttempt> _attempts = [];
    private State _state;
    private HostCommand _command;
    private int _startRate, _rate, _target, _tries, _testTries, _testsArrived, _mostTestsArrived, _ceiling = int.MaxValue;
    private DateTimeOffset? _sentAt;
    private DateTimeOffset _lastHeardAt, _windowFrom;
    private AckResult? _answer;
    private bool _helloCame, _portRefused, _isCapable;
    private long _damagedBefore, _packetsBefore;

    public RateNegotiation(DoorbellLinkOptions options) => _options = options;

    private enum State
    {
        Idle,
        Asking,
        Proving,
        Listening,
        Keeping,
        Returning,
        Confirming,
    }

    /// <summary>What to do now.</summary>
    public enum Step
    {
        /// <summary>Wait.</summary>
        Wait,

        /// <summary>Send <see cref="Command"/>.</summary>
        Send,

        /// <summary>Set the port to <see cref="Rate"/>.</summary>
        ChangeRate,

        /// <summary>The rate is settled.</summary>
        Settled,

        /// <summary>The device is not heard any more: the connection has to begin again.</summary>
        Lost,
    }

    /// <summary>Nothing else may be sent now.</summary>
    public bool IsBusy => _state != State.Idle;

    /// <summary>The command to send.</summary>
    public HostCommand Command => _command;

    /// <summary>The rate that the port is to have.</summary>
    public int Rate { get; private set; }

    /// <summary>The rates that were tried since the device's start, in order.</summary>
    public IReadOnlyList<RateAttempt> Attempts => _attempts;

    /// <summary>A device has started, and speaks at that rate.</summary>
    /// <param name="hello">How it introduced itself.</param>
    /// <param name="canChangeRate">The port can be set to another rate.</param>
    /// <param name="now">Now.</param>
    /// <returns>The rate is to be settled, and <see cref="Step.Settled"/> will come.</returns>
    public bool Begin(HelloPacket hello, bool canChangeRate, DateTimeOffset now)
    {
        _attempts.Clear();
        _isCapable = hello.Capabilities.HasFlag(DeviceCapabilities.Rates) && _options.NegotiatesRate;
        if (!_isCapable) return false;
        (_startRate, _rate, Rate) = (hello.BaudRateBitsPerSecond, hello.BaudRateBitsPerSecond, hello.BaudRateBitsPerSecond);
        if (!canChangeRate) _ceiling = _rate;
        TryNext(now);
        return true;
    }

    /// <summary>The device has answered a command.</summary>
    public void Take(AckPacket ack)
    {
        if (IsBusy && ack.Command == _command.Code && _sentAt is not null) _answer = ack.Result;
    }

    /// <summary>A packet to judge the line by has come.</summary>
    public void TakeTest(DateTimeOffset at)
    {
        if (_state != State.Listening && _state != State.Proving) return;
        _testsArrived++;
        _lastHeardAt = at;
    }

    /// <summary>The device has introduced itself again.</summary>
    public void TakeHello() => _helloCame = true;

    /// <summary>The port does not know the rate that it was to be set to.</summary>
    public void PortRefused() => _portRefused = true;

    /// <summary>What to do now, while <see cref="IsBusy"/>.</summary>
    /// <param name="now">Now.</param>
    /// <param name="lineIsFree">No frame is under way, or nothing has come for a while.</param>
    public Step Next(DateTimeOffset now, bool lineIsFree)
    {
        switch (_state)
        {
            case State.Asking when _answer == AckResult.Done:
                return Change(_target, State.Proving, HostCommand.ForRate(_target));
            case State.Asking when _answer is not null:
                return Confirm(now, lineIsFree);
            case State.Asking:
                return Repeat(now, lineIsFree, _options.AckWait, _options.CommandTries) ?? Confirm(now, lineIsFree);
            case State.Proving when _portRefused:
                return GoBack(RateVerdict.PortCannot);
            case State.Proving when _answer is not null:
                (_state, _lastHeardAt) = (State.Listening, now);
                return Step.Wait;
            case State.Proving:
                return Repeat(now, lineIsFree: true, ProofAnswer, ProofTries) ?? GoBack(
                    MostTestsArrived > 0 ? RateVerdict.Lossy : RateVerdict.NotHeard);
            case State.Listening when _testsArrived >= HostCommand.TestPackets:
                Say(State.Keeping, HostCommand.KeepRate);
                return Next(now, lineIsFree);
            case State.Listening when now - _lastHeardAt < TestPause:
                return Step.Wait;
            case State.Listening when ++_testTries < TestTries:
                Say(State.Proving, HostCommand.ForRate(_target));
                return Next(now, lineIsFree);
            case State.Listening:
                return GoBack(RateVerdict.Lossy);
            case State.Keeping when _answer is not null:
                _attempts.Add(new RateAttempt(_target, RateVerdict.Kept, HostCommand.TestPackets));
                _rate = _target;
                TryNext(now);
                return Next(now, lineIsFree);
            case State.Keeping:
                return Repeat(now, lineIsFree: true, ProofAnswer, ProofTries) ?? Lose();
            case State.Returning when now - _sentAt < DeviceGoesBack:
                return Step.Wait;
            case State.Returning:
                return Confirm(now, lineIsFree);
            // The answer is enough: a device that is setting its camera introduces itself seconds later.
            case State.Confirming when _helloCame || _answer is not null:
                _state = State.Idle;
                _windowFrom = now;
                return Step.Settled;
            case State.Confirming:
                return Repeat(now, lineIsFree, _options.HelloAnswer, ConfirmTries) ?? Lose();
            default:
                return Step.Wait;
        }
    }

    /// <summary>
    /// Watches a rate that is settled: steps down when frames arrive damaged, and goes back to the rate of the start when nothing that
    /// comes can be understood, as when the device has started again.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="statistics">What has come so far.</param>
    /// <param name="bytesSincePacket">Bytes since the last good packet.</param>
    /// <param name="lastPacketAt">When that came.</param>
    /// <returns>What to do; <see cref="Step.Wait"/> when all is well.</returns>
    public Step Watch(DateTimeOffset now, LinkStatistics statistics, long bytesSincePacket, DateTimeOffset lastPacketAt)
    {
        if (!_isCapable || IsBusy) return Step.Wait;
        if (_rate != _startRate && bytesSincePacket >= BytesOfAnotherRate && now - lastPacketAt >= NonsenseTime)
        {
            _rate = _startRate;
            return Change(_startRate, State.Confirming, HostCommand.Hello);
        }
        long damaged = statistics.CrcFailures + statistics.OversizedPackets, packets = statistics.PacketsAccepted;
        if (now - _windowFrom >= DamageTime || _windowFrom == default)
            (_windowFrom, _damagedBefore, _packetsBefore) = (now, damaged, packets);
        long worse = damaged - _damagedBefore, all = packets - _packetsBefore + worse;
        if (worse < MuchDamage || worse * OnePacketIn < all) return Step.Wait;
        _windowFrom = default;
        int slower = DoorbellLinkOptions.KnownBaudRates.Where(rate => rate < _rate).DefaultIfEmpty(0).Max();
        if (slower == 0) return Step.Wait;
        _attempts.Add(new RateAttempt(_rate, RateVerdict.Lossy, 0));
        (_ceiling, _lastHeardAt) = (slower, now);
        Aim(slower);
        return Step.Wait;
    }

    private int MostTestsArrived => Math.Max(_mostTestsArrived, _testsArrived);

    private void TryNext(DateTimeOffset now)
    {
        int faster = DoorbellLinkOptions.KnownBaudRates.Where(rate => rate > _rate && rate <= _ceiling).DefaultIfEmpty(0).Min();
        if (faster == 0) Say(State.Confirming, HostCommand.Hello);
        else Aim(faster);
        _lastHeardAt = now;
    }

    private void Aim(int rate)
    {
        (_target, _testTries, _testsArrived, _mostTestsArrived, _portRefused) = (rate, 0, 0, 0, false);
        Say(State.Asking, HostCommand.ForRate(rate));
    }

    private void Say(State state, HostCommand command) =>
        (_state, _command, _tries, _sentAt, _answer, _helloCame) = (state, command, 0, null, null, false);

    private Step Change(int rate, State state, HostCommand command)
    {
        Say(state, command);
        Rate = rate;
        return Step.ChangeRate;
    }

    /// <returns>To wait or to send; null when it was sent often enough.</returns>
    private Step? Repeat(DateTimeOffset now, bool lineIsFree, TimeSpan wait, int tries)
    {
        if (_sentAt is { } sentAt && now - sentAt < wait) return Step.Wait;
        if (_tries >= tries) return null;
        if (!lineIsFree && now - _lastHeardAt < _options.GapPatience) return Step.Wait;
        _tries++;
        _sentAt = now;
        // What comes now is counted from its beginning.
        if (_state == State.Proving) (_mostTestsArrived, _testsArrived) = (MostTestsArrived, 0);
        return Step.Send;
    }

    private Step GoBack(RateVerdict verdict)
    {
        DateTimeOffset? spokenAt = _sentAt;
        _attempts.Add(new RateAttempt(_target, verdict, MostTestsArrived));
        Change(_rate, State.Returning, HostCommand.Hello);
        _sentAt = spokenAt ?? _lastHeardAt;
        return Step.ChangeRate;
    }

    private Step Confirm(DateTimeOffset now, bool lineIsFree)
    {
        Say(State.Confirming, HostCommand.Hello);
        _ceiling = Math.Min(_ceiling, _rate); // what has failed once is not tried again in this connection
        return Next(now, lineIsFree);
    }

    private Step Lose()
    {
        _state = State.Idle;
        _isCapable = false;
        return Step.Lost;
    }
}
