using System.Collections.Concurrent;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Core.Announcements;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Adapters.Tests.Speech;

public class SpeechQueueTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 8, 3, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeSynthesizer _synthesizer = new();
    private readonly RecordingLogger _log = new();
    private readonly ConcurrentQueue<(string Text, SpeechOutcome Outcome)> _finished = new();

    [Fact]
    public async Task Speaks_one_after_the_other_in_the_order_they_came()
    {
        var output = new FakeOutput { EndsAtOnce = true };
        await using SpeechQueue speaker = Create(output);

        foreach (string name in new[] { "Anna", "Ben", "Carla" }) speaker.Speak(Sentence(name));
        await speaker.DrainAsync();

        Assert.Equal(["Anna", "Ben", "Carla"],
            [await TextOfNextAsync(output), await TextOfNextAsync(output), await TextOfNextAsync(output)]);
        Assert.Equal(1, output.MostAtOnce);
        Assert.Equal(3, speaker.Counters.Spoken);
    }

    [Fact]
    public async Task A_name_is_pronounced_as_it_is_spelled_for_the_voice()
    {
        var output = new FakeOutput { EndsAtOnce = true };
        await using SpeechQueue speaker = Create(output);

        await SpeakAndDrainAsync(speaker, Sentence("Anna is here.") with { Aloud = "Ahna is here." });

        Assert.Equal("Ahna is here.", await TextOfNextAsync(output));
        Assert.Equal([("Anna is here.", SpeechOutcome.Spoken)], _finished);
    }

    [Fact]
    public async Task A_sentence_is_spoken_as_fast_as_it_is_asked_to_be()
    {
        await using SpeechQueue speaker = Create(new FakeOutput { EndsAtOnce = true });

        await SpeakAndDrainAsync(speaker, Sentence("Anna is here.") with { WordsPerMinute = 300 });

        Assert.Equal(300, _synthesizer.WordsPerMinute);
    }

    [Fact]
    public async Task Bell_and_sentence_are_as_soft_as_they_are_asked_to_be()
    {
        var output = new FakeOutput { EndsAtOnce = true };
        await using SpeechQueue speaker = Create(output);

        speaker.Chime(25);
        await speaker.DrainAsync();
        speaker.Chime();
        await speaker.DrainAsync();

        PcmClip soft = (await output.NextAsync()).Clip, usual = (await output.NextAsync()).Clip;
        Assert.Equal(usual.At(25).Samples.ToArray(), soft.Samples.ToArray());
        Assert.True(usual.Samples.ToArray().Max() > 3 * soft.Samples.ToArray().Max());
    }

    [Fact]
    public async Task Takes_the_most_pressing_first()
    {
        var output = new FakeOutput();
        await using SpeechQueue speaker = Create(output);
        speaker.Speak(Sentence("first"));
        FakePlayback first = await output.NextAsync();

        speaker.Speak(Sentence("low", AnnouncementPriority.Low));
        speaker.Speak(Sentence("normal"));
        speaker.Speak(Sentence("high", AnnouncementPriority.High));
        speaker.Speak(Sentence("normal too"));
        first.End();

        Assert.Equal("high", await EndNextAsync(output));
        Assert.Equal("normal", await EndNextAsync(output));
        Assert.Equal("normal too", await EndNextAsync(output));
        Assert.Equal("low", await EndNextAsync(output));
    }

    [Fact]
    public async Task The_bell_stops_a_sentence_which_is_spoken_again_before_what_waits()
    {
        var output = new FakeOutput();
        await using SpeechQueue speaker = Create(output);
        speaker.Speak(Sentence("Anna"));
        await output.NextAsync();
        speaker.Speak(Sentence("Ben"));

        speaker.Chime();

        Assert.Equal("ding-dong", await EndNextAsync(output));
        Assert.Equal("Anna", await EndNextAsync(output));
        Assert.Equal("Ben", await EndNextAsync(output));
        await speaker.DrainAsync();
        Assert.Equal(1, output.MostAtOnce);
        Assert.Equal(new SpeechCounters(2, 0, 2, 0, 0, 0, 0, 0, 0, Interruptions: 1, Chimes: 1, 0), speaker.Counters);
    }

    [Fact]
    public async Task A_sentence_that_the_bell_has_made_stale_is_not_spoken_again()
    {
        var output = new FakeOutput();
        await using SpeechQueue speaker = Create(output);
        speaker.Speak(Sentence("Anna", staleAfter: TimeSpan.FromSeconds(20)));
        await output.NextAsync();

        speaker.Chime();
        FakePlayback bell = await output.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(21));
        bell.End();
        await speaker.DrainAsync();

        Assert.Equal([("Anna", SpeechOutcome.Stale)], _finished);
    }

    [Fact]
    public async Task Another_press_starts_the_bell_anew()
    {
        var output = new FakeOutput();
        await using SpeechQueue speaker = Create(output);
        speaker.Chime();
        await output.NextAsync();

        speaker.Chime();

        Assert.Equal("ding-dong", await EndNextAsync(output));
        await speaker.DrainAsync();
        Assert.Equal((2, 0), (speaker.Counters.Chimes, speaker.Counters.Interruptions));
    }

    [Fact]
    public async Task The_same_key_is_not_repeated_within_the_cool_down()
    {
        var output = new FakeOutput { EndsAtOnce = true };
        await using SpeechQueue speaker = Create(output);

        await SpeakAndDrainAsync(speaker, Sentence("Anna", key: "anna"));
        _time.Advance(TimeSpan.FromSeconds(59));
        await SpeakAndDrainAsync(speaker, Sentence("Anna again", key: "anna"));
        await SpeakAndDrainAsync(speaker, Sentence("Ben", key: "ben"));
        await SpeakAndDrainAsync(speaker, Sentence("Anna, pressing", AnnouncementPriority.High, key: "anna"));
        _time.Advance(TimeSpan.FromSeconds(60));
        await SpeakAndDrainAsync(speaker, Sentence("Anna later", key: "anna"));

        Assert.Equal(
            [("Anna", SpeechOutcome.Spoken), ("Anna again", SpeechOutcome.Suppressed), ("Ben", SpeechOutcome.Spoken),
            ("Anna, pressing", SpeechOutcome.Spoken), ("Anna later", SpeechOutcome.Spoken)],
            _finished);
    }

    [Fact]
    public async Task A_fresher_sentence_with_the_same_key_takes_the_place_of_the_one_that_waits()
    {
        var output = new FakeOutput();
        await using SpeechQueue speaker = Create(output);
        speaker.Speak(Sentence("first"));
        FakePlayback first = await output.NextAsync();

        speaker.Speak(Sentence("perhaps Anna", key: "visit 7"));
        speaker.Speak(Sentence("Ben"));
        speaker.Speak(Sentence("it is Anna", key: "visit 7"));
        first.End();

        Assert.Equal("it is Anna", await EndNextAsync(output));
        Assert.Equal("Ben", await EndNextAsync(output));
        Assert.Contains(("perhaps Anna", SpeechOutcome.Replaced), _finished);
    }

    [Fact]
    public async Task What_is_no_longer_so_when_its_turn_comes_is_dropped()
    {
        var output = new FakeOutput();
        await using SpeechQueue speaker = Create(output);
        speaker.Speak(Sentence("first"));
        FakePlayback first = await output.NextAsync();
        speaker.Speak(Sentence("stale", staleAfter: TimeSpan.FromSeconds(10)));
        speaker.Speak(Sentence("fresh", staleAfter: TimeSpan.FromSeconds(11)));

        _time.Advance(TimeSpan.FromSeconds(10));
        first.End();

        Assert.Equal("fresh", await EndNextAsync(output));
        Assert.Contains(("stale", SpeechOutcome.Stale), _finished);
        Assert.Equal(1, speaker.Counters.Stale);
    }

    [Fact]
    public async Task A_full_queue_drops_the_oldest_of_the_least_pressing()
    {
        var output = new FakeOutput();
        await using SpeechQueue speaker = Create(output, new SpeechOptions { QueueLength = 2 });
        speaker.Speak(Sentence("first"));
        FakePlayback first = await output.NextAsync();

        speaker.Speak(Sentence("old"));
        speaker.Speak(Sentence("new"));
        speaker.Speak(Sentence("newest"));
        first.End();

        Assert.Equal("new", await EndNextAsync(output));
        Assert.Equal("newest", await EndNextAsync(output));
        Assert.Contains(("old", SpeechOutcome.Overflowed), _finished);
        Assert.Equal(1, speaker.Counters.Overflowed);
    }

    [Fact]
    public async Task What_was_not_heard_may_be_said_again_at_once()
    {
        var output = new FakeOutput { EndsAtOnce = true, Fault = "unplugged" };
        await using SpeechQueue speaker = Create(output);

        await SpeakAndDrainAsync(speaker, Sentence("Anna"));
        output.Fault = null;
        await SpeakAndDrainAsync(speaker, Sentence("Anna"));

        Assert.Equal([("Anna", SpeechOutcome.Failed), ("Anna", SpeechOutcome.Spoken)], _finished);
    }

    [Fact]
    public async Task A_missing_voice_is_remarked_on_once_and_the_bell_still_sounds()
    {
        var output = new FakeOutput { EndsAtOnce = true };
        await using SpeechQueue speaker = Create(output);
        _synthesizer.Fault = "There is nothing to speak with.";

        await SpeakAndDrainAsync(speaker, Sentence("Anna"));
        await SpeakAndDrainAsync(speaker, Sentence("Ben"));
        speaker.Chime();
        await speaker.DrainAsync();
        _synthesizer.Fault = null;
        await SpeakAndDrainAsync(speaker, Sentence("Carla"));

        Assert.Equal(["There is nothing to speak with."], _log.Warnings);
        Assert.Equal(["Sentences are spoken again."], _log.Remarks);
        Assert.Equal((2, 1, 1), (speaker.Counters.Failed, speaker.Counters.Chimes, speaker.Counters.Spoken));
    }

    [Fact]
    public async Task Tells_when_the_first_samples_have_been_handed_over()
    {
        var output = new FakeOutput();
        await using SpeechQueue speaker = Create(output);
        var started = new TaskCompletionSource<(string Text, DateTimeOffset At)>();
        speaker.UtteranceStarted += (announcement, at) => started.TrySetResult((announcement.Text, at));
        var chimed = new TaskCompletionSource<DateTimeOffset>();
        speaker.ChimeStarted += at => chimed.TrySetResult(at);

        speaker.Speak(Sentence("Anna"));
        Assert.Equal(("Anna", _time.GetUtcNow()), await started.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("Anna", await TextOfNextAsync(output));

        _time.Advance(TimeSpan.FromSeconds(1));
        speaker.Chime();
        Assert.Equal(_time.GetUtcNow(), await chimed.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_silence_the_speaker()
    {
        var output = new FakeOutput { EndsAtOnce = true };
        await using SpeechQueue speaker = Create(output);
        speaker.UtteranceStarted += (_, _) => throw new InvalidOperationException("a listener's bug");

        await SpeakAndDrainAsync(speaker, Sentence("Anna"));
        await SpeakAndDrainAsync(speaker, Sentence("Ben"));

        Assert.Equal(2, speaker.Counters.Spoken);
        Assert.Equal(2, _log.Warnings.Count);
    }

    [Fact]
    public async Task Closing_stops_the_sentence_and_gives_up_what_waits()
    {
        var output = new FakeOutput();
        SpeechQueue speaker = Create(output);
        speaker.Speak(Sentence("Anna"));
        await output.NextAsync();
        speaker.Speak(Sentence("Ben"));
        Task drained = speaker.DrainAsync();

        await speaker.DisposeAsync();
        speaker.Speak(Sentence("Carla"));
        speaker.Chime();

        await drained.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([("Anna", SpeechOutcome.Abandoned), ("Ben", SpeechOutcome.Abandoned), ("Carla", SpeechOutcome.Abandoned)], _finished);
        Assert.True(output.IsDisposed);
        Assert.Equal((3, 0, 3), (speaker.Counters.Received, speaker.Counters.Waiting, speaker.Counters.Abandoned));
    }

    [Fact]
    public async Task Every_announcement_gets_one_outcome_whatever_happens()
    {
        const int seed = 20260803, count = 400;
        var random = new Random(seed);
        var output = new FakeOutput { EndsAtOnce = true };
        SpeechQueue speaker = Create(output, new SpeechOptions { QueueLength = 3, CoolDown = TimeSpan.FromSeconds(5) });

        for (int i = 0; i < count; i++)
        {
            var priority = (AnnouncementPriority)random.Next(3);
            speaker.Speak(Sentence($"{i}", priority, key: $"{random.Next(12)}", staleAfter: TimeSpan.FromSeconds(random.Next(4))));
            if (random.Next(5) == 0) speaker.Chime();
            if (random.Next(10) == 0) output.Fault = output.Fault is null ? "unplugged" : null;
            if (random.Next(8) == 0) _time.Advance(TimeSpan.FromSeconds(1));
            if (random.Next(6) == 0) await speaker.DrainAsync();
            SpeechCounters now = speaker.Counters;
            Assert.Equal(now.Received, Sum(now));
        }
        await speaker.DisposeAsync();

        Assert.Equal(count, speaker.Counters.Received);
        Assert.Equal(count, Sum(speaker.Counters));
        Assert.Equal(count, _finished.Select(entry => entry.Text).Distinct().Count());
        Assert.Equal(count, _finished.Count);
        Assert.Equal(1, output.MostAtOnce);

        static long Sum(SpeechCounters c) =>
            c.Waiting + c.Spoken + c.Suppressed + c.Replaced + c.Stale + c.Overflowed + c.Failed + c.Abandoned;
    }

    private SpeechQueue Create(FakeOutput output, SpeechOptions? options = null)
    {
        var chime = new PcmClip(new short[] { 9 }, PcmClip.UsualSampleRate);
        var speaker = new SpeechQueue(_synthesizer, output, chime, options ?? new SpeechOptions(), _time, _log);
        speaker.Finished += (announcement, outcome, _) => _finished.Enqueue((announcement.Text, outcome));
        return speaker;
    }

    private Announcement Sentence(string text, AnnouncementPriority priority = AnnouncementPriority.Normal, string? key = null,
        TimeSpan? staleAfter = null) =>
        new(text, priority, key ?? text, _time.GetUtcNow() + staleAfter);

    private static async Task SpeakAndDrainAsync(SpeechQueue speaker, Announcement announcement)
    {
        speaker.Speak(announcement);
        await speaker.DrainAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task<string> TextOfNextAsync(FakeOutput output) => _synthesizer.TextOf((await output.NextAsync()).Clip);

    private async Task<string> EndNextAsync(FakeOutput output)
    {
        FakePlayback playback = await output.NextAsync();
        playback.End();
        return _synthesizer.TextOf(playback.Clip);
    }
}
