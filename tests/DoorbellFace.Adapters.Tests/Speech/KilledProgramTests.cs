using System.Diagnostics;
using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Adapters.Tests.Speech;

/// <summary>A real program, killed (signal 9) while it writes sound.</summary>
public class KilledProgramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task The_WAV_file_plays_all_clips_that_were_written(int clips)
    {
        using var folder = new TemporaryFolder();
        int written = 0;
        using (Process child = ChildProgram.StartWritingSound(folder["out.wav"]))
        {
            while (written < clips && await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is not null) written++;
            child.Kill();
            while (await child.StandardOutput.ReadLineAsync() is not null) written++;
            await child.WaitForExitAsync();
        }

        Assert.True(WavHeader.TryReadClip(await File.ReadAllBytesAsync(folder["out.wav"]), out PcmClip? sound));
        PcmClip bell = Chime.Render(PcmClip.UsualSampleRate);
        Assert.Equal(0, sound.Samples.Length % bell.Samples.Length);
        Assert.InRange(sound.Samples.Length / bell.Samples.Length, written, written + 1);
        Assert.Equal(bell.Samples.ToArray(), sound.Samples[^bell.Samples.Length..].ToArray());
    }
}
