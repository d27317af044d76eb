using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Adapters.Tests.Speech;

public class SoundCardTests
{
    [Fact]
    public void Devices_are_named_by_their_cards_which_keep_their_names_when_another_is_plugged_in()
    {
        const string List = """
            **** List of PLAYBACK Hardware Devices ****
            card 0: PCH [HDA Intel PCH], device 0: ALC256 Analog [ALC256 Analog]
              Subdevices: 1/1
              Subdevice #0: subdevice #0
            card 0: PCH [HDA Intel PCH], device 3: HDMI 0 [HDMI 0]
              Subdevices: 1/1
            card 2: Kitchen [USB Audio, device of the kitchen], device 0: USB Audio [USB Audio]
            """;

        Assert.Equal(["plughw:PCH,0", "plughw:PCH,3", "plughw:Kitchen,0"], SoundCard.DevicesIn(List));
    }

    [Fact]
    public void Where_nothing_can_be_asked_there_are_none() => Assert.Empty(SoundCard.Devices("no-such-aplay"));
}
