using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Adapters.Tests.Speech;

/// <summary>What the real espeak-ng makes of names.</summary>
public class EspeakNameVoiceTests
{
    private readonly EspeakNameVoice _voice = new(() => "en");

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Names_that_sound_different_have_different_sounds() => Assert.NotEqual(_voice.SoundOf("Anna"), _voice.SoundOf("Ben"));

    /// <summary>An English voice says nothing but "Chinese letter" for each letter.</summary>
    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Two_Chinese_names_sound_the_same_to_an_English_voice() =>
        Assert.Equal(_voice.SoundOf("\u738B\u82B3"), _voice.SoundOf("\u674E\u5A1C"));

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Two_spellings_of_one_sound_are_one() => Assert.Equal(_voice.SoundOf("Mark"), _voice.SoundOf("Marc"));

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void A_name_without_a_sound_has_none() => Assert.Empty(_voice.SoundOf("...")!);

    [Fact]
    public void A_voice_that_is_none_knows_nothing() => Assert.Null(new EspeakNameVoice(() => "no-such-voice").SoundOf("Anna"));
}
