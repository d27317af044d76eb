using System.Text.RegularExpressions;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application;

namespace DoorbellFace.Adapters.Tests.Speech;

/// <summary>The real espeak-ng, both ways.</summary>
public class EspeakTests
{
    private readonly RecordingLogger _log = new();

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void The_library_speaks()
    {
        PcmClip clip = Library().Synthesize("Anna is at the door.", "en", null, CancellationToken.None);

        AssertIsSpeech(clip);
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void The_process_says_the_same_as_the_library()
    {
        PcmClip process = Process().Synthesize("Anna is at the door.", "en", null, CancellationToken.None);
        PcmClip library = Library().Synthesize("Anna is at the door.", "en", null, CancellationToken.None);

        AssertIsSpeech(process);
        Assert.Equal(library.Duration.TotalSeconds, process.Duration.TotalSeconds, 0.15);
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Names_with_other_letters_are_spoken_as_those_letters()
    {
        EspeakLibrary library = Library();

        PcmClip withUmlaut = library.Synthesize("Müller", "de", null, CancellationToken.None);
        PcmClip without = library.Synthesize("Muller", "de", null, CancellationToken.None);

        Assert.NotEqual(without.Samples.ToArray(), withUmlaut.Samples.ToArray());
        Assert.Equal(withUmlaut.Duration.TotalSeconds,
            Process().Synthesize("Müller", "de", null, CancellationToken.None).Duration.TotalSeconds, 0.15);
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Speed_and_volume_are_obeyed()
    {
        const string text = "Someone I do not know is at the door.";
        PcmClip usual = Library().Synthesize(text, "en", null, CancellationToken.None);
        PcmClip fast = Library(wordsPerMinute: 320).Synthesize(text, "en", null, CancellationToken.None);
        PcmClip soft = Library(volume: 20).Synthesize(text, "en", null, CancellationToken.None);

        Assert.InRange(fast.Duration / usual.Duration, 0.3, 0.8);
        Assert.InRange(Loudness.Of(soft.Samples.Span) / Loudness.Of(usual.Samples.Span), 0.05, 0.5);
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void The_speed_changes_from_one_sentence_to_the_next()
    {
        const string text = "Someone I do not know is at the door.";
        foreach (
            ISpeechSynthesizer voice in new ISpeechSynthesizer[] { Library(), Process(), new GuardedSynthesizer(Library(), () => null,
                GuardedSynthesizer.UsualLimit, _log) })
        {
            PcmClip usual = voice.Synthesize(text, "en", null, CancellationToken.None);
            Assert.InRange(voice.Synthesize(text, "en", 320, CancellationToken.None).Duration / usual.Duration, 0.3, 0.8);
            Assert.Equal(usual.Duration.TotalSeconds, voice.Synthesize(text, "en", null, CancellationToken.None).Duration.TotalSeconds,
                0.05);
        }
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Control_characters_in_a_name_give_no_orders()
    {
        // Character 1 and "99P" would set espeak-ng's pitch for all that follows.
        PcmClip before = Library().Synthesize("Anna", "en", null, CancellationToken.None);
        PcmClip tricky = Library().Synthesize("\u000199P Anna\0 hidden", "en", null, CancellationToken.None);
        PcmClip after = Library().Synthesize("Anna", "en", null, CancellationToken.None);

        Assert.True(tricky.Duration > before.Duration * 2);
        Assert.Equal(before.Duration.TotalSeconds, after.Duration.TotalSeconds, 0.05);
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Nothing_to_say_is_silence()
    {
        Assert.True(Library().Synthesize(" \n", "en", null, CancellationToken.None).Samples.IsEmpty);
        Assert.True(Process().Synthesize(" \n", "en", null, CancellationToken.None).Duration < TimeSpan.FromSeconds(0.1));
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void An_unknown_voice_is_named()
    {
        Assert.Contains("\"xx\"",
            Assert.Throws<UnknownVoiceException>(() => Library().Synthesize("Anna", "xx", null, CancellationToken.None)).Message,
            StringComparison.Ordinal);
        Assert.Contains("\"xx\"",
            Assert.Throws<UnknownVoiceException>(() => Process().Synthesize("Anna", "xx", null, CancellationToken.None)).Message,
            StringComparison.Ordinal);
        AssertIsSpeech(Library().Synthesize("Anna", "en", null, CancellationToken.None));
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void What_is_cancelled_is_not_spoken()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Library().Synthesize("Anna", "en", null, cancelled.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => Process().Synthesize("Anna", "en", null, cancelled.Token));
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void Without_the_library_the_process_is_used()
    {
        ISpeechSynthesizer synthesizer = Speaker.CreateSynthesizer(new SpeechOptions(), _log, libraryFile: "libno-such-espeak.so.1");

        Assert.IsType<EspeakProcess>(synthesizer);
        Assert.Contains("libno-such-espeak.so.1 is not there", Assert.Single(_log.Remarks), StringComparison.Ordinal);
        AssertIsSpeech(synthesizer.Synthesize("Anna", "en", null, CancellationToken.None));
    }

    [Fact]
    public void A_library_that_is_not_espeak_is_not_used()
    {
        Assert.Null(EspeakLibrary.TryLoad(160, 100, out string whyNot, "libc.so.6"));
        Assert.Contains("not an espeak-ng", whyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_either_the_way_to_get_it_is_said_once()
    {
        ISpeechSynthesizer synthesizer = Speaker.CreateSynthesizer(new SpeechOptions(), _log, "libno-such-espeak.so.1", "no-such-espeak");

        Assert.Matches(new Regex("nothing to speak with.*sudo apt-get install espeak-ng.*only written"), Assert.Single(_log.Warnings));
        Assert.Throws<SpeechException>(() => synthesizer.Synthesize("Anna", "en", null, CancellationToken.None));
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void A_wrong_voice_is_the_users_error()
    {
        var error = Assert.Throws<DoorbellException>(() => Speaker.CreateSynthesizer(new SpeechOptions { Voice = "xx" }, _log));

        Assert.Equal(ErrorKind.InvalidValue, error.Kind);
    }

    private static EspeakLibrary Library(int wordsPerMinute = 160, int volume = 100) =>
        EspeakLibrary.TryLoad(wordsPerMinute, volume, out string whyNot) ?? throw new InvalidOperationException(whyNot);

    private static EspeakProcess Process() => new(160, 100);

    private static void AssertIsSpeech(PcmClip clip)
    {
        Assert.Equal(22050, clip.SampleRate);
        Assert.InRange(clip.Duration.TotalSeconds, 0.25, 4);
        Assert.InRange(Loudness.Of(clip.Samples.Span), 500, 15000);
    }
}
