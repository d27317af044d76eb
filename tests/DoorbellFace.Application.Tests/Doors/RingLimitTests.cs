using DoorbellFace.Application.Doors;

namespace DoorbellFace.Application.Tests.Doors;

public sealed class RingLimitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly RingLimit _limit = new();

    [Fact]
    public void As_fast_as_a_finger_presses_every_ring_sounds()
    {
        for (int press = 0; press < 100; press++) Assert.True(_limit.Pass(Noon.AddMilliseconds(200 * press)));
        Assert.Equal((false, 0L), (_limit.IsStorm, _limit.HeldBack));
    }

    [Fact]
    public void A_loose_wire_sounds_five_times_and_again_after_a_second_of_quiet()
    {
        int sounded = 0;
        for (int press = 0; press < 1000; press++)
        {
            if (_limit.Pass(Noon.AddMilliseconds(10 * press))) sounded++;
        }
        Assert.Equal((5, 995L, true), (sounded, _limit.HeldBack, _limit.IsStorm));

        Assert.False(_limit.Pass(Noon.AddMilliseconds(9_990 + 999)));
        Assert.True(_limit.Pass(Noon.AddMilliseconds(9_990 + 999 + 1000)));
        Assert.Equal((false, 0L), (_limit.IsStorm, _limit.HeldBack));
    }
}
