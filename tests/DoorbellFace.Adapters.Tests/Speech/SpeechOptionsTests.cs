using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application;

namespace DoorbellFace.Adapters.Tests.Speech;

public class SpeechOptionsTests
{
    [Fact]
    public void The_defaults_are_in_order() => Assert.Empty(new SpeechOptions().Complaints());

    [Theory]
    [InlineData("en", true)]
    [InlineData("en-gb-scotland+f3", true)]
    [InlineData("English_(America)", true)]
    [InlineData("", false)]
    [InlineData("-v", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("en us", false)]
    public void A_voice_is_a_plain_name(string voice, bool isFine) =>
        Assert.Equal(isFine, new SpeechOptions { Voice = voice }.Complaints().Count == 0);

    [Theory]
    [InlineData(79, false)]
    [InlineData(80, true)]
    [InlineData(450, true)]
    [InlineData(451, false)]
    public void The_speed_has_its_range(int wordsPerMinute, bool isFine) =>
        Assert.Equal(isFine, new SpeechOptions { WordsPerMinute = wordsPerMinute }.Complaints().Count == 0);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void The_volume_has_its_range(int percent, bool isFine) =>
        Assert.Equal(isFine, new SpeechOptions { VolumePercent = percent }.Complaints().Count == 0);

    [Fact]
    public void All_complaints_come_at_once()
    {
        var wrong = new SpeechOptions
        {
            Output = SoundOutputChoice.Wav, WordsPerMinute = 1, VolumePercent = 999, QueueLength = 0, Device = "-x",
            CoolDown = TimeSpan.FromDays(2), LeadIn = TimeSpan.FromSeconds(-1), Tail = TimeSpan.FromSeconds(3),
        };

        DoorbellException error = Assert.Throws<DoorbellException>(wrong.Validate);

        Assert.Equal(8, error.Message.Split(Environment.NewLine).Length);
        Assert.Contains("The speed is 1 words a minute: expected 80 to 450.", error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.InvalidValue, error.Kind);
    }

    [Fact]
    public void A_file_and_no_sound_contradict_each_other() =>
        Assert.Single(new SpeechOptions { Output = SoundOutputChoice.None, WavPath = "a.wav" }.Complaints());
}
