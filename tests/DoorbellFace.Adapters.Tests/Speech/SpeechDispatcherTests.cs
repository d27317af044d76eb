using DoorbellFace.Adapters.Speech;
using DoorbellFace.Core.Announcements;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Adapters.Tests.Speech;

/// <summary>Sentences through the real speech-dispatcher, and what is heard when it is not there.</summary>
public class SpeechDispatcherTests
{
    /// <summary>Longer than a busy computer keeps it waiting; only a service that hangs takes so long.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    private readonly RecordingLogger _log = new();

    [ProgramFact("speech-dispatcher", "speech-dispatcher speech-dispatcher-espeak-ng")]
    public void Sentences_sound_whatever_letters_they_have()
    {
        using var service = new SpeechDispatcherService();
        using var dispatcher = new SpeechDispatcher("en", service.SocketPath, Patient);
        long before = 0;

        string[] texts = ["Anna is at the door.", ". A point comes first.", "Zoë and 王芳\r\nQUIT are at the door.", "."];
        foreach (string text in texts)
        {
            using IPlayback playback = dispatcher.Begin(new SpokenSentence(text, WordsPerMinute: 220, LoudnessPercent: 60), default);
            playback.Finish(default);

            Assert.True(text == "." || service.SoundBytes > before, $"Nothing was heard of: {text}");
            before = service.SoundBytes;
        }
    }

    [ProgramFact("speech-dispatcher", "speech-dispatcher speech-dispatcher-espeak-ng")]
    public void A_sentence_that_is_stopped_is_over_and_the_next_one_is_heard()
    {
        using var service = new SpeechDispatcherService();
        using var dispatcher = new SpeechDispatcher("en", service.SocketPath, Patient);
        using var stop = new CancellationTokenSource();
        using (IPlayback playback = dispatcher.Begin(new SpokenSentence(new string('a', 2000), null, 100), default))
        {
            stop.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => playback.Finish(stop.Token));
        }

        using IPlayback next = dispatcher.Begin(new SpokenSentence("Ben is at the door.", null, 100), default);
        next.Finish(default);

        Assert.True(service.SoundBytes > 0);
    }

    [ProgramFact("speech-dispatcher", "speech-dispatcher speech-dispatcher-espeak-ng")]
    public void A_service_that_hangs_is_said_to_hang_and_speaks_again_when_it_goes_on()
    {
        using var service = new SpeechDispatcherService();
        using var dispatcher = new SpeechDispatcher("en", service.SocketPath, TimeSpan.FromMilliseconds(200));
        service.Hang();

        var fault = Assert.Throws<SpeechException>(() => dispatcher.Begin(new SpokenSentence("Anna.", null, 100), default));
        // However many callers it has not taken yet.
        for (int i = 0; i < 200; i++)
            Assert.Throws<SpeechException>(() => new SpeechDispatcher("en", service.SocketPath, TimeSpan.FromMilliseconds(1))
                .Begin(new SpokenSentence("Anna.", null, 100), default));
        service.GoOn();
        using var patient = new SpeechDispatcher("en", service.SocketPath, Patient);
        using IPlayback playback = patient.Begin(new SpokenSentence("Anna.", null, 100), default);
        playback.Finish(default);

        Assert.Contains("hangs", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_service_it_is_said_what_to_do()
    {
        using var folder = new TemporaryFolder();
        using var dispatcher = new SpeechDispatcher("en", folder["none.sock"]);

        var fault = Assert.Throws<SpeechException>(() => dispatcher.Begin(new SpokenSentence("Anna.", null, 100), default));

        Assert.Contains(folder["none.sock"], fault.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install speech-dispatcher", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, "-100")]
    [InlineData(170, "0")]
    [InlineData(260, "32")]
    [InlineData(450, "100")]
    public void Words_a_minute_become_its_speed(int wordsPerMinute, string rate) =>
        Assert.Equal(rate, SpeechDispatcher.RateOf(wordsPerMinute));

    [Fact]
    public async Task What_cannot_be_spoken_there_is_spoken_here_said_once_and_tried_again_a_minute_later()
    {
        var time = new FakeTimeProvider();
        var first = new FakeSentences("the first") { Fault = "The first hangs." };
        var second = new FakeSentences("the second");
        await using var speaker = new SpeechQueue(new SentencesWithFallback(first, second, time, _log),
            new FakeOutput { EndsAtOnce = true }, Chime.Render(PcmClip.UsualSampleRate), new SpeechOptions(), time, _log);

        await SayAsync("one");
        await SayAsync("two");
        first.Fault = null;
        await SayAsync("three");
        time.Advance(TimeSpan.FromMinutes(1));
        await SayAsync("four");

        Assert.Equal(["one", "two", "three"], second.Said);
        Assert.Equal(["four"], first.Said);
        Assert.Equal(1, first.Refused);
        Assert.Equal(["The first hangs. Until it does, sentences go to the second."], _log.Warnings);
        Assert.Equal(["Sentences go to the first again."], _log.Remarks);
        Assert.Equal("the fake (bell) and to the first (sentences)", speaker.OutputDescription);

        async Task SayAsync(string text)
        {
            speaker.Speak(new Announcement(text, AnnouncementPriority.High, text));
            await speaker.DrainAsync();
        }
    }

    [Fact]
    public async Task A_sentence_that_breaks_off_there_is_spoken_whole_here()
    {
        var first = new FakeSentences("the first") { BreaksOff = true };
        var second = new FakeSentences("the second");
        await using var speaker = new SpeechQueue(new SentencesWithFallback(first, second, TimeProvider.System, _log),
            new FakeOutput { EndsAtOnce = true }, Chime.Render(PcmClip.UsualSampleRate), new SpeechOptions(), TimeProvider.System, _log);

        speaker.Speak(new Announcement("Anna is at the door.", AnnouncementPriority.Normal, "anna"));
        await speaker.DrainAsync();

        Assert.Equal(["Anna is at the door."], second.Said);
        Assert.Equal((1, 0), (speaker.Counters.Spoken, speaker.Counters.Failed));
    }

    /// <summary>Sentences that are noted.</summary>
    private sealed class FakeSentences(string description) : ISentenceOutput
    {
        public string? Fault { get; set; }

        public bool BreaksOff { get; init; }

        public int Refused { get; private set; }

        public List<string> Said { get; } = [];

        public string Description => description;

        public IPlayback Begin(SpokenSentence sentence, CancellationToken cancellation)
        {
            if (Fault is not null)
            {
                Refused++;
                throw new SpeechException(Fault);
            }
            Said.Add(sentence.Text);
            return BreaksOff ? new Broken() : FinishedPlayback.Instance;
        }

        public void Dispose()
        {
        }

        private sealed class Broken : IPlayback
        {
            public void Finish(CancellationToken cancellation) => throw new SpeechException("It broke off.");

            public void Dispose()
            {
            }
        }
    }
}
