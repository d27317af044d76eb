using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Link;
using Step = DoorbellFace.Adapters.Serial.HelloSearch.Step;

namespace DoorbellFace.Adapters.Tests.Serial;

public class HelloSearchTests
{
    private static readonly DoorbellLinkOptions Options = new() { OpenAsync = (_, _) => throw new NotSupportedException() };

    private readonly LinkReceiver _receiver = new();
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Leaves_a_starting_board_alone_for_two_and_a_half_seconds_then_asks_and_goes_through_the_speeds()
    {
        HelloSearch search = Search();
        var steps = new List<(int Milliseconds, Step Step, int Rate)>();
        for (int passed = 0; passed <= 10_000; passed += 100, Pass(100))
        {
            for (Step step; (step = Next(search)) != Step.Wait; steps.Add((passed, step, search.Rate)))
            {
                if (step == Step.GiveUp) break;
            }
            if (Next(search) == Step.GiveUp) break;
        }
        Assert.Equal(
            [
                (2500, Step.Ask, 1_000_000), (3200, Step.Ask, 1_000_000),
                (3900, Step.ChangeRate, 500_000), (3900, Step.Ask, 500_000), (4600, Step.Ask, 500_000),
                (5300, Step.ChangeRate, 2_000_000), (5300, Step.Ask, 2_000_000), (6000, Step.Ask, 2_000_000),
            ],
            steps);
        Assert.Contains("nothing comes from it, at none of 1,000,000, 500,000, 2,000,000 bit/s",
            search.Complaint("/dev/x", _receiver.Statistics).Sentence);
    }

    [Fact]
    public void Asks_soon_when_packets_are_understood_and_stays_at_that_speed()
    {
        HelloSearch search = Search();
        Pass(100);
        Receive(PacketCodec.Encode(new BellPacket(1, 1)));
        Assert.Equal(Step.Wait, Next(search));
        Pass(200);
        for (int asked = 0; asked < 12; asked++, Pass(700)) Assert.Equal(Step.Ask, Next(search));
        Assert.Equal(Step.ChangeRate, Next(search));
    }

    [Fact]
    public void Nonsense_points_to_another_speed_at_once_and_the_first_comes_again_at_the_end()
    {
        HelloSearch search = Search();
        Pass(100);
        Receive([.. Enumerable.Repeat((byte)0x55, 29)]);
        Assert.Equal(Step.Wait, Next(search));
        Receive([0x55]);
        Assert.Equal((Step.ChangeRate, 500_000), (Next(search), search.Rate));
        Receive([.. Enumerable.Repeat((byte)0x55, 100)]);
        var rates = new List<int>();
        for (Step step; (step = Next(search)) != Step.GiveUp; Pass(700)) if (step == Step.Ask) rates.Add(search.Rate);
        Assert.Equal([500_000, 500_000, 2_000_000, 2_000_000, 1_000_000, 1_000_000], rates);
    }

    [Fact]
    public void Asks_between_frames()
    {
        HelloSearch search = Search();
        Pass(2500);
        Assert.Equal(Step.Wait, Next(search, lineIsFree: false));
        Pass(500);
        Assert.Equal(Step.Ask, Next(search));
    }

    [Fact]
    public void Says_when_bytes_come_that_nobody_understands()
    {
        HelloSearch search = Search();
        Receive([1, 2, 3, 4, 5, 0]);
        Assert.Contains("sends bytes (6 so far), but nothing that can be understood",
            search.Complaint("/dev/x", _receiver.Statistics).Sentence);
    }

    [Fact]
    public void A_link_without_speeds_is_asked_longer_and_given_up()
    {
        HelloSearch search = Search(canChangeRate: false);
        Pass(2500);
        for (int asked = 0; asked < 12; asked++, Pass(700)) Assert.Equal(Step.Ask, Next(search));
        Assert.Equal(Step.GiveUp, Next(search));
    }

    private HelloSearch Search(bool canChangeRate = true) => new(Options, 1_000_000, canChangeRate, _now, _receiver.Statistics);

    private Step Next(HelloSearch search, bool lineIsFree = true) => search.Next(_now, _receiver.Statistics, lineIsFree);

    private void Receive(byte[] bytes) => _receiver.Receive(bytes, _now, new List<LinkEvent>());

    private void Pass(int milliseconds) => _now += TimeSpan.FromMilliseconds(milliseconds);
}
