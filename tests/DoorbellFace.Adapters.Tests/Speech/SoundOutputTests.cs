using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Adapters.Tests.Speech;

public class SoundOutputTests
{
    private static readonly PcmClip Clip = Chime.Render(PcmClip.UsualSampleRate);

    private readonly RecordingLogger _log = new();

    [Fact]
    public void A_WAV_file_is_whole_after_every_clip()
    {
        using var folder = new TemporaryFolder();
        using var output = new WavFileOutput(folder["out.wav"], 22050);
        AssertHolds(0);

        output.Begin(Clip);
        AssertHolds(Clip.Samples.Length);

        output.Begin(new PcmClip(new short[16000], 16000));
        AssertHolds(Clip.Samples.Length + 22050);

        // Read while it is open for writing: what a killed program would leave.
        void AssertHolds(int samples)
        {
            byte[] bytes = ReadShared(folder["out.wav"]);
            Assert.True(WavHeader.TryReadClip(bytes, out PcmClip? read));
            Assert.Equal(samples, read.Samples.Length);
            Assert.Equal(WavHeader.Length + (2 * samples), bytes.Length);
            Assert.Equal(bytes.Length - 8, BitConverter.ToInt32(bytes, 4));
            if (samples > 0) Assert.Equal(Clip.Samples.ToArray(), read.Samples[..Clip.Samples.Length].ToArray());
        }
    }

    [Fact]
    public void A_WAV_file_is_its_owners_alone_also_in_the_place_of_an_open_one()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["old.wav"], "");
        File.SetUnixFileMode(folder["old.wav"], mine | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        foreach (string name in (string[])["new.wav", "old.wav"])
        {
            new WavFileOutput(folder[name], 22050).Dispose();
            Assert.Equal(mine, File.GetUnixFileMode(folder[name]));
        }
    }

    [Fact]
    public void Samples_that_the_header_does_not_count_yet_do_no_harm()
    {
        using var folder = new TemporaryFolder();
        using (var output = new WavFileOutput(folder["out.wav"], 22050)) output.Begin(Clip);

        // Killed between the samples and the header.
        File.AppendAllBytes(folder["out.wav"], new byte[1001]);

        Assert.True(WavHeader.TryReadClip(File.ReadAllBytes(folder["out.wav"]), out PcmClip? read));
        Assert.Equal(Clip.Samples.ToArray(), read.Samples.ToArray());
    }

    [Fact]
    public void Any_cut_of_a_WAV_file_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        using (var output = new WavFileOutput(folder["out.wav"], 22050)) output.Begin(new PcmClip(new short[20], 22050));
        byte[] whole = File.ReadAllBytes(folder["out.wav"]);

        for (int length = 0; length < whole.Length; length++)
            Assert.Equal(length >= WavHeader.Length, WavHeader.TryReadClip(whole.AsMemory(0, length), out _));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_the_users_error()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<DoorbellException>(() => new WavFileOutput(folder["no/such/out.wav"], 22050));

        Assert.Contains(folder["no/such/out.wav"], error.Message, StringComparison.Ordinal);
    }

    [ProgramFact("aplay", "alsa-utils")]
    public void A_card_takes_a_whole_clip()
    {
        using var card = new CardOutput("null", TimeProvider.System);

        using IPlayback playback = card.Begin(Clip);
        playback.Finish(CancellationToken.None);
    }

    [ProgramFact("aplay", "alsa-utils")]
    public void A_card_that_is_not_there_says_why()
    {
        using var card = new CardOutput("no-such-device", TimeProvider.System);

        using IPlayback playback = card.Begin(Clip);
        var error = Assert.Throws<SpeechException>(() => playback.Finish(CancellationToken.None));

        Assert.Contains("\"no-such-device\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("No such file or directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_player_is_named_with_its_package()
    {
        using var card = new CardOutput("default", TimeProvider.System, "no-such-aplay");

        Assert.Contains("alsa-utils", Assert.Throws<SpeechException>(() => card.Begin(Clip)).Message, StringComparison.Ordinal);
        Assert.Contains("alsa-utils", SoundCard.FindFault("no-such-aplay"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_that_sounds_is_stopped_at_once()
    {
        using var folder = new TemporaryFolder();
        using var card = new CardOutput("default", TimeProvider.System, PlayerThatNeverEnds(folder));
        using var stop = new CancellationTokenSource();

        using IPlayback playback = card.Begin(Clip);
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => playback.Finish(stop.Token));
    }

    [Fact]
    public async Task A_player_that_hangs_is_given_up()
    {
        using var folder = new TemporaryFolder();
        var time = new TimerNoticingTimeProvider();
        using var card = new CardOutput("default", time, PlayerThatNeverEnds(folder));
        using IPlayback playback = card.Begin(Clip);

        Task finish = Task.Run(() => playback.Finish(CancellationToken.None));
        await time.TimerCreated.WaitAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(30));

        var error = await Assert.ThrowsAsync<SpeechException>(() => finish.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("far longer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_failing_output_does_not_silence_the_other_and_is_remarked_on_once()
    {
        var broken = new FakeOutput { EndsAtOnce = true, Fault = "The card is gone." };
        var working = new FakeOutput { EndsAtOnce = true };
        using var both = new SoundOutputs([broken, working], _log);

        for (int i = 0; i < 3; i++) Play(both);
        broken.Fault = null;
        for (int i = 0; i < 3; i++) Play(both);

        Assert.Equal(["The card is gone."], _log.Warnings);
        Assert.Equal(["Sound goes to the fake again."], _log.Remarks);
    }

    [Fact]
    public void All_failing_is_a_failure()
    {
        using var outputs = new SoundOutputs([new FakeOutput { Fault = "one" }, new FakeOutput { Fault = "two" }], _log);

        Assert.Throws<SpeechException>(() => Play(outputs));
        Assert.Equal(["one", "two"], _log.Warnings);
    }

    /// <summary>Kitchen and bedroom: neither waits for the other's end.</summary>
    [Fact]
    public async Task Two_outputs_sound_at_the_same_time()
    {
        FakeOutput kitchen = new(), bedroom = new();
        using var both = new SoundOutputs([kitchen, bedroom], _log);

        Task play = Task.Run(() => Play(both));
        FakePlayback first = await kitchen.NextAsync(), second = await bedroom.NextAsync();
        second.End();
        await second.Finished;
        Assert.False(play.IsCompleted);
        first.End();
        await play;

        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task What_was_stopped_at_one_output_was_stopped_although_another_had_played_it()
    {
        FakeOutput file = new() { EndsAtOnce = true }, card = new();
        using var both = new SoundOutputs([file, card], _log);
        using var stop = new CancellationTokenSource();

        using IPlayback playback = both.Begin(Clip);
        Task finish = Task.Run(() => playback.Finish(stop.Token));
        await card.NextAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finish);
    }

    [Fact]
    public void Whatever_an_output_does_the_program_goes_on()
    {
        using var both = new SoundOutputs([new FakeOutput { EndsAtOnce = true }, new BrokenOutput()], _log);

        Play(both);

        Assert.Equal(["the broken one has failed: The disk is gone."], _log.Warnings);
    }

    [Fact]
    public async Task An_output_that_hung_before_does_not_hold_up_the_others_again()
    {
        FakeOutput kitchen = new() { EndsAtOnce = true }, bedroom = new();
        using var both = new SoundOutputs([kitchen, bedroom], _log);
        both.MarkFailing(bedroom, "The bedroom hangs.");

        // The bedroom's clip is never ended.
        await Task.Run(() => Play(both)).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(["The bedroom hangs."], _log.Warnings);
    }

    private static void Play(SoundOutputs outputs)
    {
        using IPlayback playback = outputs.Begin(Clip);
        playback.Finish(CancellationToken.None);
    }

    /// <summary>Takes a clip, and fails in a way that nobody has foreseen.</summary>
    private sealed class BrokenOutput : ISoundOutput, IPlayback
    {
        public string Description => "the broken one";

        public IPlayback Begin(PcmClip clip) => this;

        public void Finish(CancellationToken cancellation) => throw new IOException("The disk is gone.");

        public void Dispose()
        {
        }
    }

    /// <summary>A program that stands in for a player in the middle of a sound, or in a driver that hangs.</summary>
    private static string PlayerThatNeverEnds(TemporaryFolder folder)
    {
        string player = folder["player"];
        File.WriteAllText(player, "#!/bin/sh\nexec tail -f /dev/null\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(player, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return player;
    }

    /// <summary>A clock that the test moves, and that tells when somebody has begun to wait.</summary>
    private sealed class TimerNoticingTimeProvider : FakeTimeProvider
    {
        private readonly TaskCompletionSource _timerCreated = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task TimerCreated => _timerCreated.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            _timerCreated.TrySetResult();
            return timer;
        }
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
