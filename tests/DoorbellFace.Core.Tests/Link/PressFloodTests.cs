using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

public class PressFloodTests
{
    private readonly ReceiverUnderTest _link = new();

    [Fact]
    public void A_child_that_presses_eight_times_a_second_rings_each_time()
    {
        for (int press = 1; press <= 80; press++)
        {
            Ring(press);
            _link.Pass(125);
        }

        Assert.Equal(80, _link.Events.OfType<BellReceived>().Count(bell => bell.IsNew));
        Assert.Equal(0, _link.Statistics.PressesTooFast);
    }

    /// <summary>
    /// A laptop in the doorbell's place: each ring is acknowledged, few of them ring, and the counting neither grows nor stops.
    /// </summary>
    [Fact]
    public void A_flood_is_let_through_for_a_moment_and_no_more_until_a_second_of_calm()
    {
        for (int i = 0; i < 50_000; i++)
        {
            Ring((i % 16_383) + 1);
            if (i % 10 == 0) _link.Pass(1);
        }
        Assert.Equal(PressFlood.MostInASecond, _link.Events.OfType<BellReceived>().Count(bell => bell.IsNew));
        Assert.Equal(50_000 - PressFlood.MostInASecond, _link.Statistics.PressesTooFast);
        Assert.Equal(50_000, _link.Events.OfType<BellReceived>().Count());

        _link.Pass(1000);
        Ring(9_000);

        Assert.True(_link.Events.OfType<BellReceived>().Last().IsNew);
    }

    private void Ring(int press) => _link.Receive([PacketCodec.Encode(new BellPacket(3, press))]);
}
