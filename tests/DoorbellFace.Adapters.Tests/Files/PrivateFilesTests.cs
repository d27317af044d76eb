using DoorbellFace.Adapters.Files;

namespace DoorbellFace.Adapters.Tests.Files;

public sealed class PrivateFilesTests
{
    [Fact]
    public void A_device_keeps_its_mode_also_when_root_writes_to_it()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["sound.wav"], "/dev/null");
        UnixFileMode before = File.GetUnixFileMode("/dev/null");
        try
        {
            PrivateFiles.Create(folder["sound.wav"], FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
            Assert.Equal(before, File.GetUnixFileMode("/dev/null"));
        }
        finally
        {
            // Should this ever fail as root: nothing on the computer works without it.
            if (File.GetUnixFileMode("/dev/null") != before) File.SetUnixFileMode("/dev/null", before);
        }
    }
}
