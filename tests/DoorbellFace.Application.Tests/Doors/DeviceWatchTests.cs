using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Application.Tests.Doors;

/// <summary>Another doorbell on the cable is said aloud, once.</summary>
public class DeviceWatchTests
{
    private const string Exchanged = "Another doorbell is connected. If nobody of the house has exchanged it, somebody else has.";

    private readonly Memory _memory = new();
    private readonly RecordingLogger _log = new();

    [Fact]
    public void The_first_doorbell_is_remembered_and_another_is_said_once()
    {
        Assert.Null(Hear(1234));
        Assert.Null(Hear(1234));
        Assert.Equal(Exchanged, Hear(5678)?.Text);
        Assert.Null(Hear(5678));
        Assert.Contains(_log.Warnings, warning => warning.Contains("5678", StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_tells_no_number_in_place_of_one_that_did_is_another()
    {
        Assert.Null(Hear(0));
        Assert.Null(Hear(1234));
        Assert.Equal(Exchanged, Hear(0)?.Text);
        Assert.Null(Hear(0));
        Assert.Null(Hear(1234));
    }

    [Fact]
    public void Each_door_has_a_doorbell_of_its_own()
    {
        Hear(1234);
        var garden = new DeviceWatch(_memory, new DoorId("garden"), Language.English, _log);
        Assert.Null(garden.Hear(Hello(99)));
        Assert.NotNull(garden.Hear(Hello(1234)));
        Assert.Null(Hear(1234));
    }

    [Fact]
    public void What_cannot_be_read_or_kept_keeps_no_bell_from_ringing()
    {
        _memory.Text = "no list";
        Assert.Null(Hear(1234));
        Assert.NotNull(Hear(5678));
        _memory.Fails = true;
        Assert.Null(Hear(1));
        Assert.Contains(_log.Warnings, warning => warning.Contains("no disk", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_memory_nothing_is_said()
    {
        var watch = new DeviceWatch(null, DoorId.Front, Language.English, _log);
        Assert.Null(watch.Hear(Hello(1)));
        Assert.Null(watch.Hear(Hello(2)));
    }

    private static HelloPacket Hello(int number) => new HelloPacket() with { DeviceNumber = number };

    /// <summary>A new watch each time, as after a new start of the program.</summary>
    private Announcement? Hear(int number) => new DeviceWatch(_memory, DoorId.Front, Language.English, _log).Hear(Hello(number));

    private sealed class Memory : IDeviceMemory
    {
        public string Place => "devices.json";

        public string? Text { get; set; }

        public bool Fails { get; set; }

        public string? Read() => Text;

        public void Write(string text) => Text = Fails ? throw new DoorbellException(ErrorKind.UnusableInput, "no disk") : text;
    }
}
