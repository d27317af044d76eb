using DoorbellFace.Adapters.Speech;
using DoorbellFace.Core.Announcements;

namespace DoorbellFace.Adapters.Tests.Speech;

/// <summary>The whole speaker with the real voice and a real file.</summary>
public class SpeakerTests
{
    private readonly RecordingLogger _log = new();

    [ProgramFact("espeak-ng", "espeak-ng")]
    public async Task Writes_bell_and_sentences_into_one_file_in_the_order_of_time()
    {
        using var folder = new TemporaryFolder();
        string path = folder["door.wav"];
        var options = new SpeechOptions { Output = SoundOutputChoice.Wav, WavPath = path };
        SpeechQueue speaker = Speaker.Create(options, TimeProvider.System, _log);
        await using (speaker)
        {
            speaker.Chime();
            await speaker.DrainAsync();
            speaker.Speak(new Announcement("Anna is at the door.", AnnouncementPriority.Normal, "anna"));
            speaker.Speak(new Announcement("Zoë is at the door.", AnnouncementPriority.Normal, "zoë"));
            await speaker.DrainAsync();
        }

        Assert.Equal((2, 1), (speaker.Counters.Spoken, speaker.Counters.Chimes));
        Assert.Empty(_log.Warnings);
        Assert.True(WavHeader.TryReadClip(await File.ReadAllBytesAsync(path), out PcmClip? sound));
        Assert.Equal(22050, sound.SampleRate);
        Assert.InRange(sound.Duration.TotalSeconds, 4, 8);

        PcmClip bell = Chime.Render(22050);
        Assert.Equal(bell.Samples.ToArray(), sound.Samples[..bell.Samples.Length].ToArray());
        ReadOnlySpan<short> speech = sound.Samples.Span[bell.Samples.Length..];
        int leadIn = (int)(options.LeadIn.TotalSeconds * 22050);
        Assert.Equal(-1, speech[..leadIn].IndexOfAnyExcept((short)0));
        Assert.True(Loudness.Of(speech.Slice(leadIn, 22050)) > 500);
        Assert.Equal(-1, speech[^leadIn..].IndexOfAnyExcept((short)0));
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public async Task Switched_off_it_still_says_when_it_would_have_spoken()
    {
        await using SpeechQueue speaker = Speaker.Create(new SpeechOptions { Output = SoundOutputChoice.None }, TimeProvider.System, _log);
        int started = 0;
        speaker.UtteranceStarted += (_, _) => started++;

        speaker.Speak(new Announcement("Anna is at the door.", AnnouncementPriority.Normal, "anna"));
        await speaker.DrainAsync();

        Assert.Equal(1, started);
        Assert.Empty(_log.Warnings);
    }

    [ProgramFact("aplay", "alsa-utils")]
    public async Task A_card_that_does_not_play_is_remarked_on_once_and_the_file_is_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder["door.wav"];
        var options = new SpeechOptions { Device = "no-such-device", WavPath = path };
        await using SpeechQueue speaker = Speaker.Create(options, TimeProvider.System, _log);

        for (int i = 0; i < 3; i++)
        {
            speaker.Chime();
            await speaker.DrainAsync();
        }

        Assert.Contains("no-such-device", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Equal((3, 0), (speaker.Counters.Chimes, speaker.Counters.ChimesFailed));
        Assert.Equal($"the file {path}", speaker.OutputDescription);
    }
}
