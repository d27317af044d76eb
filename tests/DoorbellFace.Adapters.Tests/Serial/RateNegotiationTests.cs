using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Link;
using Step = DoorbellFace.Adapters.Serial.RateNegotiation.Step;

namespace DoorbellFace.Adapters.Tests.Serial;

/// <summary>
/// The host's part of docs/protocol.md, "Rates", against a device that keeps to it, over a line that loses or swallows what is too fast for
/// it; on a clock of the test's own.
/// </summary>
public class RateNegotiationTests
{
    private const int Slow = 500_000, Middle = 1_000_000, Fast = 2_000_000;

    private static readonly DoorbellLinkOptions Options = new() { OpenAsync = (_, _) => throw new NotSupportedException() };

    private readonly RateNegotiation _rates = new(Options);
    private readonly LinkReceiver _receiver = new();
    private readonly Device _device = new();
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int _portRate = Slow;

    [Fact]
    public void A_good_line_ends_at_the_fastest_rate()
    {
        Assert.Equal(Step.Settled, Negotiate());

        Assert.Equal((Fast, Fast), (_device.Rate, _portRate));
        Assert.Equal([new(Middle, RateVerdict.Kept, 32), new(Fast, RateVerdict.Kept, 32)], _rates.Attempts);
    }

    [Theory]
    [InlineData(Slow, RateVerdict.Lossy)]
    [InlineData(Middle, RateVerdict.Lossy)]
    [InlineData(Slow, RateVerdict.NotHeard)]
    [InlineData(Middle, RateVerdict.NotHeard)]
    public void A_rate_that_loses_or_swallows_is_left_and_both_ends_are_at_the_one_before(int fastest, RateVerdict verdict)
    {
        if (verdict == RateVerdict.Lossy) _device.LosesAbove = fastest;
        else _device.IsDeafAbove = fastest;

        Assert.Equal(Step.Settled, Negotiate());

        Assert.Equal((fastest, fastest), (_device.Rate, _portRate));
        Assert.Equal((fastest * 2, verdict), (_rates.Attempts[^1].BaudRateBitsPerSecond, _rates.Attempts[^1].Verdict));
        Assert.Equal(verdict == RateVerdict.Lossy ? 31 : 0, _rates.Attempts[^1].TestsArrived);
        Assert.All(_rates.Attempts.SkipLast(1), attempt => Assert.Equal(RateVerdict.Kept, attempt.Verdict));
        // What is said before the device has gone back would reach it as other bytes.
        Assert.Equal(0, _device.Misheard);
    }

    /// <summary>Where packets come and the answer never does, the line loses; it is not deaf.</summary>
    [Fact]
    public void A_rate_at_which_only_the_answers_are_lost_was_heard()
    {
        _device.LosesAnswersAbove = Slow;

        Assert.Equal(Step.Settled, Negotiate());

        Assert.Equal((Slow, Slow), (_device.Rate, _portRate));
        Assert.Equal([new(Middle, RateVerdict.Lossy, 32)], _rates.Attempts);
    }

    [Fact]
    public void A_rate_that_was_left_is_not_tried_again_when_the_device_has_started_again()
    {
        _device.LosesAbove = Middle;
        Negotiate();
        _device.Rate = Slow;
        _portRate = Slow;

        Assert.Equal(Step.Settled, Negotiate());

        Assert.Equal((Middle, Middle), (_device.Rate, _portRate));
        Assert.Equal([new(Middle, RateVerdict.Kept, 32)], _rates.Attempts);
    }

    /// <summary>Lightning, a lamp that is switched: one lost packet among 32 is asked for once more.</summary>
    [Fact]
    public void What_was_lost_once_and_not_again_costs_no_rate()
    {
        _device.TestsToLose = 1;
        Assert.Equal(Step.Settled, Negotiate());
        Assert.Equal([new(Middle, RateVerdict.Kept, 32), new(Fast, RateVerdict.Kept, 32)], _rates.Attempts);
    }

    [Fact]
    public void A_rate_that_the_device_refuses_is_asked_for_once()
    {
        _device.Refuses = Fast;
        Assert.Equal(Step.Settled, Negotiate());
        Assert.Equal((Middle, Middle), (_device.Rate, _portRate));
        Assert.Single(_device.Heard, command => command == HostCommand.ForRate(Fast));
    }

    [Fact]
    public void Who_wants_no_other_rate_is_not_asked_for_one()
    {
        var rates = new RateNegotiation(Options with { NegotiatesRate = false });
        Assert.False(rates.Begin(_device.Hello, canChangeRate: true, _now));
        Assert.False(rates.IsBusy);
    }

    [Fact]
    public void A_rate_that_the_port_does_not_know_is_left()
    {
        _knownToPort = Middle;

        Assert.Equal(Step.Settled, Negotiate());

        Assert.Equal((Middle, Middle), (_device.Rate, _portRate));
        Assert.Equal(new RateAttempt(Fast, RateVerdict.PortCannot, 0), _rates.Attempts[^1]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_device_or_a_port_with_one_rate_stays_at_it(bool deviceCan, bool portCan)
    {
        _device.Capabilities = deviceCan ? DeviceCapabilities.Rates : DeviceCapabilities.CompressedRows;

        Step end = Negotiate(portCan);

        Assert.Equal(deviceCan ? Step.Settled : Step.Wait, end);
        Assert.Equal((Slow, Slow), (_device.Rate, _portRate));
        Assert.DoesNotContain(_device.Heard, command => command != HostCommand.Hello);
    }

    [Fact]
    public void An_answer_that_is_lost_is_asked_for_again()
    {
        _device.AnswersToLose = 1;
        Assert.Equal(Step.Settled, Negotiate());
        Assert.Equal(Fast, _device.Rate);
    }

    [Fact]
    public void An_answer_to_an_earlier_command_is_none_to_this_one()
    {
        _rates.Begin(_device.Hello, canChangeRate: true, _now);
        Assert.Equal(Step.Send, _rates.Next(_now, lineIsFree: true));
        _rates.Take(new AckPacket(HostCommand.Status.Code, AckResult.Done));
        Assert.Equal(Step.Wait, _rates.Next(_now, lineIsFree: true));
    }

    [Fact]
    public void A_device_that_goes_away_in_between_is_given_up()
    {
        _device.IsDeafAbove = 0;
        Assert.Equal(Step.Lost, Negotiate());
    }

    [Fact]
    public void Frames_that_arrive_damaged_bring_a_slower_rate_and_no_faster_one_again()
    {
        Negotiate();
        Receive(good: 900, damaged: 19);
        Assert.False(_rates.IsBusy);
        Receive(good: 0, damaged: 1);

        Assert.Equal(Step.Settled, Run());

        Assert.Equal((Middle, Middle), (_device.Rate, _portRate));
        Assert.Equal((Fast, RateVerdict.Lossy), (_rates.Attempts[^2].BaudRateBitsPerSecond, _rates.Attempts[^2].Verdict));
        Assert.Equal((Middle, RateVerdict.Kept), (_rates.Attempts[^1].BaudRateBitsPerSecond, _rates.Attempts[^1].Verdict));
    }

    [Fact]
    public void A_device_that_has_started_again_is_found_at_its_first_rate()
    {
        Negotiate();
        _device.Rate = Slow;
        Pass(1100);

        Assert.Equal(Step.ChangeRate, _rates.Watch(_now, _receiver.Statistics, bytesSincePacket: 100, _now - TimeSpan.FromSeconds(1)));
        _portRate = _rates.Rate;
        Assert.Equal(Slow, _portRate);
        _device.HasStarted = true;
        Assert.Equal(Step.Settled, Run());
        Assert.Equal((Fast, Fast), (_device.Rate, _portRate));
    }

    [Fact]
    public void A_cable_that_damages_single_packets_changes_nothing()
    {
        Negotiate();
        for (int i = 0; i < 100; i++) Receive(good: 99, damaged: 1);
        Assert.False(_rates.IsBusy);
        Assert.Equal(Step.Wait, _rates.Watch(_now, _receiver.Statistics, bytesSincePacket: 99, _now - TimeSpan.FromSeconds(5)));
    }

    private int _knownToPort = Fast;

    private Step Negotiate(bool portCanChange = true) => _rates.Begin(_device.Hello, portCanChange, _now) ? Run() : Step.Wait;

    private Step Run()
    {
        for (int passed = 0; passed < 60_000; passed += 20, Pass(20))
        {
            Step step = _rates.Next(_now, lineIsFree: true);
            switch (step)
            {
                case Step.Send:
                    Deliver(_device.Hear(_rates.Command, _portRate, _now));
                    break;
                case Step.ChangeRate when _rates.Rate > _knownToPort:
                    _rates.PortRefused();
                    break;
                case Step.ChangeRate:
                    _portRate = _rates.Rate;
                    break;
                case Step.Settled or Step.Lost:
                    return step;
                default:
                    break;
            }
            _device.Tick(_now);
        }
        throw new TimeoutException("The negotiation does not end.");
    }

    private void Deliver(Device.Answer answer)
    {
        if (answer.Ack is { } ack) _rates.Take(ack);
        for (int i = 0; i < answer.Tests; i++) _rates.TakeTest(_now);
        if (!answer.Hello) return;
        if (_device.HasStarted) _rates.Begin(_device.Hello, canChangeRate: true, _now);
        else _rates.TakeHello();
        _device.HasStarted = false;
    }

    private void Receive(int good, int damaged)
    {
        byte[] packet = PacketCodec.Encode(new AckPacket('q', AckResult.Done)), broken = [.. packet];
        broken[1] ^= 2;
        for (int i = 0; i < good; i++) _receiver.Receive(packet, _now, new List<LinkEvent>());
        for (int i = 0; i < damaged; i++) _receiver.Receive(broken, _now, new List<LinkEvent>());
        _rates.Watch(_now, _receiver.Statistics, bytesSincePacket: 0, _now);
        Pass(100);
    }

    private void Pass(int milliseconds) => _now += TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>The device's part of the contract, and the line to it.</summary>
    private sealed class Device
    {
        private static readonly TimeSpan ProofTime = TimeSpan.FromSeconds(1);

        private int _before = Slow;
        private bool _isOnTrial;
        private DateTimeOffset _heardAt;

        public int Rate { get; set; } = Slow;

        public int LosesAbove { get; set; } = int.MaxValue;

        public int IsDeafAbove { get; set; } = int.MaxValue;

        public int LosesAnswersAbove { get; set; } = int.MaxValue;

        public int AnswersToLose { get; set; }

        public int TestsToLose { get; set; }

        public int? Refuses { get; set; }

        public bool HasStarted { get; set; }

        /// <summary>Commands that came at another rate than its own.</summary>
        public int Misheard { get; private set; }

        public DeviceCapabilities Capabilities { get; set; } = DeviceCapabilities.Rates;

        public List<HostCommand> Heard { get; } = [];

        public HelloPacket Hello => new HelloPacket() with { BaudRateBitsPerSecond = Rate, Capabilities = Capabilities };

        public Answer Hear(HostCommand command, int portRate, DateTimeOffset now)
        {
            Tick(now);
            if (portRate != Rate) Misheard++;
            if (portRate != Rate || Rate > IsDeafAbove) return default;
            Heard.Add(command);
            int rateBefore = Rate, tests = 0;
            if (Refuses is { } refused && command == HostCommand.ForRate(refused))
                return new Answer(new AckPacket(command.Code, AckResult.NotSupported), 0, Hello: false);
            if (command == HostCommand.KeepRate) _isOnTrial = false;
            else if (command == HostCommand.ForRate(Rate)) tests = Rate > LosesAbove || TestsToLose-- > 0 ? 31 : 32;
            else if (command != HostCommand.Hello)
            {
                if (!_isOnTrial) _before = Rate;
                Rate = new[] { Slow, Middle, Fast }.Single(rate => HostCommand.ForRate(rate) == command);
                _isOnTrial = true;
            }
            _heardAt = now;
            bool isLost = AnswersToLose-- > 0;
            if (isLost) Rate = rateBefore;
            AckPacket? ack = rateBefore > LosesAnswersAbove ? null : new AckPacket(command.Code, AckResult.Done);
            return isLost ? default : new Answer(ack, tests, command == HostCommand.Hello);
        }

        public void Tick(DateTimeOffset now)
        {
            if (!_isOnTrial || now - _heardAt < ProofTime) return;
            _isOnTrial = false;
            Rate = _before;
        }

        public readonly record struct Answer(AckPacket? Ack, int Tests, bool Hello);
    }
}
