using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application;
using DoorbellFace.Core.Identity;
using DoorbellFace.Host.Composition;

namespace DoorbellFace.Host.Tests.Launcher;

/// <summary>The file, over it the environment, over that the options; every complaint at once.</summary>
public sealed class RunSettingsTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_option_goes_before_the_environment_and_that_before_the_file()
    {
        string file =
            Write("""
                {
                    "port": "/dev/file", "door": "garden",
                    "sound": { "voice": "de", "words_per_minute": 200, "output": "wav", "wav": "a.wav" }
                } // ours
                """);

        RunSettings settings = RunSettings.Read(
            file, new Dictionary<string, string> { ["DOORBELL_PORT"] = "/dev/environment", ["DOORBELL_SOUND__WORDS_PER_MINUTE"] = "300" },
                new Dictionary<string, string> { ["port"] = "/dev/option" });

        Assert.Equal("/dev/option", settings.Port);
        Assert.Equal((300, "de", SoundOutputChoice.Wav), (settings.Speech.WordsPerMinute, settings.Speech.Voice, settings.Speech.Output));
        Assert.Equal(new DoorId("garden"), settings.Door);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        string file = Write("""{ "prot": "/dev/x", "baud": "fast", "sound": { "volume_percent": 900, "device": null } }""");

        var error =
            Assert.Throws<DoorbellException>(() =>
                RunSettings.Read(file, new Dictionary<string, string> { ["DOORBELL_DOOR"] = "Front Door" }, Nothing));

        Assert.Equal(ErrorKind.InvalidValue, error.Kind);
        foreach (
            string complaint in new[] { "there is no setting prot. Is port meant?", "baud is \"fast\"", "The volume is 900 percent",
                "sound.device is null", "DOORBELL_DOOR" })
            Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_no_setting_is_said_and_others_programs_variables_are_not()
    {
        var environment = new Dictionary<string, string>
        {
            ["DOORBELL_SOUND__WORDS_PER_MINUT"] = "200", ["DOORBELL_PLAIN"] = "1", ["DOORBELLFACE_DATA"] = "/data", ["PATH"] = "/bin",
        };

        var error = Assert.Throws<DoorbellException>(() => RunSettings.Read(Write("{}"), environment, Nothing));

        Assert.Equal("the environment variable DOORBELL_SOUND__WORDS_PER_MINUT is no setting. Is DOORBELL_SOUND__WORDS_PER_MINUTE meant?",
            error.Message);
    }

    [Fact]
    public void A_file_that_was_named_must_be_there_and_be_JSON()
    {
        Assert.Contains("There is no file",
            Assert.Throws<DoorbellException>(() => RunSettings.Read(_folder["none.json"], Nothing, Nothing)).Message,
            StringComparison.Ordinal);
        Assert.Contains("is no JSON file",
            Assert.Throws<DoorbellException>(() => RunSettings.Read(Write("{ port"), Nothing, Nothing)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string text)
    {
        File.WriteAllText(_folder["doorbell.json"], text);
        return _folder["doorbell.json"];
    }
}
