using System.Diagnostics;

namespace DoorbellFace.Adapters.Tests.Speech;

/// <summary>The real speech-dispatcher with its espeak-ng module, at a socket of its own, its sound going into a file.</summary>
internal sealed class SpeechDispatcherService : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    public SpeechDispatcherService()
    {
        Directory.CreateDirectory(_folder["conf/modules"]);
        File.Copy("/etc/speech-dispatcher/modules/espeak-ng.conf", _folder["conf/modules/espeak-ng.conf"]);
        File.WriteAllText(_folder["conf/speechd.conf"], """
            LogLevel 1
            AudioOutputMethod "alsa"
            AudioALSADevice "default"
            AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
            DefaultModule espeak-ng
            """);
        File.WriteAllText(_folder["alsa.conf"], $$"""
            </usr/share/alsa/alsa.conf>
            pcm.!default { type file slave.pcm "null" file "{{SoundFile}}" format "raw" }
            """);
        var start = new ProcessStartInfo("speech-dispatcher")
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
            Environment = { ["ALSA_CONFIG_PATH"] = _folder["alsa.conf"], ["XDG_RUNTIME_DIR"] = _folder.Root },
        };
        string[] words = ["-s", "-t", "0", "-C", _folder["conf"], "-L", _folder.Root, "-P", _folder["pid"], "-S", SocketPath];
        foreach (string word in words) start.ArgumentList.Add(word);
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        while (!File.Exists(SocketPath))
        {
            Assert.False(_process.HasExited, "speech-dispatcher has ended.");
            Thread.Sleep(10);
        }
    }

    public string SocketPath => _folder["speechd.sock"];

    /// <summary>How much sound it has made, in bytes.</summary>
    public long SoundBytes => File.Exists(SoundFile) ? new FileInfo(SoundFile).Length : 0;

    /// <summary>It answers nothing any more, and its line stays open.</summary>
    public void Hang() => Signal("-STOP");

    /// <summary>It goes on.</summary>
    public void GoOn() => Signal("-CONT");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private string SoundFile => _folder["heard.raw"];

    private void Signal(string which)
    {
        using var kill = Process.Start("kill", [which, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
