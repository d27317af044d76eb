using System.Text.Json;
using DoorbellFace.Host.Commands;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application;

namespace DoorbellFace.Host.Tests.Commands;

[Collection(nameof(StandardOutput))]
public class SayCommandTests
{
    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Writes_the_sound_into_the_file_and_says_so()
    {
        using var folder = new TemporaryFolder();

        JsonElement said = StandardOutput.JsonOf(SayCommand.Create(), "Anna", "--wav", folder["a.wav"], "--device", "null", "--json");

        Assert.True(said.GetProperty("spoken").GetBoolean());
        Assert.Contains(folder["a.wav"], said.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.True(WavHeader.TryReadClip(File.ReadAllBytes(folder["a.wav"]), out PcmClip? sound));
        Assert.InRange(sound.Duration.TotalSeconds, 0.7, 1.5);
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Words_without_quotation_marks_are_one_text() =>
        Assert.Equal("Not spoken, only written: \"Anna is at the door\".",
            StandardOutput.Of(SayCommand.Create(), "Anna", "is", "at", "the", "door", "--device", "no-such-device"));

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Says_when_nothing_was_heard() =>
        Assert.Equal("Not spoken, only written: \"Anna\".", StandardOutput.Of(SayCommand.Create(), "Anna", "--device", "no-such-device"));

    [Fact]
    public void Wrong_options_are_said() =>
        Assert.Equal(ErrorKind.InvalidValue,
            Assert.Throws<DoorbellException>(() => StandardOutput.Of(SayCommand.Create(), "Anna", "--speed", "9")).Kind);
}
