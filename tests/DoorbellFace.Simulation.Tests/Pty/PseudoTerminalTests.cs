using DoorbellFace.Adapters.Serial;
using DoorbellFace.Simulation.Pty;

namespace DoorbellFace.Simulation.Tests.Pty;

public class PseudoTerminalTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Notices_a_host_coming_and_going_and_its_speed()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        terminal.HostOpened += () => opened.TrySetResult();
        terminal.HostClosed += () => closed.TrySetResult();
        Assert.Equal(1_000_000, terminal.HostBaudRateBitsPerSecond);
        await using (SerialByteLink link = SerialByteLink.Open(terminal.PortPath, 500_000))
        {
            await opened.Task.WaitAsync(Guard);
            Assert.True(terminal.IsHostOpen);
            Assert.Equal(500_000, terminal.HostBaudRateBitsPerSecond);
            Assert.True(link.TrySetBaudRate(2_000_000));
            Assert.Equal(2_000_000, terminal.HostBaudRateBitsPerSecond);
        }
        await closed.Task.WaitAsync(Guard);
        Assert.False(terminal.IsHostOpen);
    }

    [Fact]
    public async Task What_is_sent_without_a_host_is_lost_and_counted()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        for (int i = 0; i < 10; i++) await terminal.WriteAsync(new byte[100], CancellationToken.None);
        Assert.Equal(1000, terminal.BytesLost);
        await using SerialByteLink link = await HostEnd.OpenAsync(terminal, 1_000_000);
        await terminal.WriteAsync(new byte[] { 7 }, CancellationToken.None);
        var buffer = new byte[64];
        Assert.Equal(1, await link.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(Guard));
        Assert.Equal(7, buffer[0]);
    }

    [Fact]
    public async Task The_line_is_not_deserted_while_one_of_two_hosts_is_left()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        using (var first = new FileStream(terminal.PortPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            // Opened and closed many times in a row, so that news of the same kind is told once for several.
            for (int i = 0; i < 50; i++)
                new FileStream(terminal.PortPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            await HostEnd.IsSeenAsync(terminal);
            await terminal.WriteAsync(new byte[] { 42 }, CancellationToken.None);
            Assert.Equal(42, first.ReadByte());
            Assert.True(terminal.IsHostOpen);
        }
    }

    [Fact]
    public async Task At_the_wrong_speed_bytes_arrive_as_others()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        await using SerialByteLink link = await HostEnd.OpenAsync(terminal, 2_000_000);
        await terminal.WriteAsync(new byte[] { 0x55, 0x0F }, CancellationToken.None);
        var buffer = new byte[64];
        int length = await link.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(Guard);
        Assert.NotEqual(new byte[] { 0x55, 0x0F }, buffer[..length]);
    }

    [Fact]
    public async Task The_link_stands_while_it_is_open_and_replaces_an_old_one()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["bell"], "/dev/pts/old");
        await using (PseudoTerminal terminal = PseudoTerminal.Open(1_000_000, folder["bell"]))
        {
            Assert.Equal(folder["bell"], terminal.PortPath);
            Assert.Equal(terminal.SlavePath, new FileInfo(folder["bell"]).LinkTarget);
        }
        Assert.Null(new FileInfo(folder["bell"]).LinkTarget);
    }

    [Fact]
    public void A_file_in_the_links_place_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bell"], "mine");
        Assert.Contains("is no symbolic link", Assert.Throws<IOException>(() => PseudoTerminal.Open(1_000_000, folder["bell"])).Message);
        Assert.Equal("mine", File.ReadAllText(folder["bell"]));
    }
}
