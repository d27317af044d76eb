using System.Diagnostics;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.Pty;

namespace DoorbellFace.Adapters.Tests.Serial;

public class SerialByteLinkTests
{
    private static readonly byte[] EveryValue = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Two_megabytes_come_through_without_a_loss()
    {
        byte[] sent = TestPictures.Random(1024, 2048, 1).Pixels.ToArray();
        await using PseudoTerminal terminal = PseudoTerminal.Open(2_000_000);
        await using SerialByteLink link = await HostEnd.OpenAsync(terminal, 2_000_000);
        Task writing = Task.Run(async () =>
        {
            foreach (byte[] piece in sent.Chunk(328)) await terminal.WriteAsync(piece, CancellationToken.None);
        });
        var received = new byte[sent.Length];
        for (int length = 0; length < received.Length;)
        {
            int read = await link.ReadAsync(received.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Guard);
            Assert.NotEqual(0, read);
            length += read;
        }
        await writing;
        Assert.True(sent.AsSpan().SequenceEqual(received));
        Assert.Equal(0, terminal.BytesLost);
    }

    [Fact]
    public async Task Every_byte_value_comes_through_as_it_is()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        await using SerialByteLink link = await HostEnd.OpenAsync(terminal, 1_000_000);
        await terminal.WriteAsync(EveryValue, CancellationToken.None);
        var buffer = new byte[300];
        int length = 0;
        while (length < 256) length += await link.ReadAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Guard);
        Assert.Equal(EveryValue, buffer[..length]);
    }

    /// <summary>The terminal's own exclusive mode does not hold for root, for whom this is the only protection.</summary>
    [Fact]
    public async Task A_port_that_is_held_is_refused_by_either_of_its_names_until_it_is_let_go_of()
    {
        using var folder = new TemporaryFolder();
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000, folder["port"]);
        SerialByteLink holder = await HostEnd.OpenAsync(terminal, 1_000_000);

        var refused = Assert.Throws<LinkUnavailableException>(() => SerialByteLink.Open(terminal.SlavePath, 1_000_000));
        Assert.Throws<LinkUnavailableException>(() => SerialByteLink.Open(folder["port"], 1_000_000));

        Assert.Equal(LinkFault.HeldByAnother, refused.Fault);
        await holder.DisposeAsync();
        await SerialByteLink.Open(folder["port"], 1_000_000).DisposeAsync();
    }

    [ProgramFact("flock", "util-linux")]
    public async Task A_port_that_another_program_has_locked_is_refused_also_for_root()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        using Process other =
            Process.Start(new ProcessStartInfo("flock",
                [terminal.SlavePath, "sh", "-c", "echo held; read line"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync().WaitAsync(Guard));

        Assert.Throws<LinkUnavailableException>(() => SerialByteLink.Open(terminal.PortPath, 1_000_000));

        other.StandardInput.Close();
        await other.WaitForExitAsync().WaitAsync(Guard);
        await SerialByteLink.Open(terminal.PortPath, 1_000_000).DisposeAsync();
    }

    [Fact]
    public async Task What_is_written_reaches_the_device()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        await using SerialByteLink link = await HostEnd.OpenAsync(terminal, 1_000_000);
        await link.WriteAsync(new byte[] { 0xE8, 3, 10, 13 }, CancellationToken.None);
        var buffer = new byte[64];
        int length = 0;
        while (length < 4) length += await terminal.ReadAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Guard);
        Assert.Equal(new byte[] { 0xE8, 3, 10, 13 }, buffer[..length]);
    }

    [Fact]
    public async Task A_device_that_goes_reads_as_nothing_and_takes_no_bytes()
    {
        PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        await using SerialByteLink link = await HostEnd.OpenAsync(terminal, 1_000_000);
        Task<int> reading = link.ReadAsync(new byte[64], CancellationToken.None).AsTask();
        await terminal.DisposeAsync();
        Assert.Equal(0, await reading.WaitAsync(Guard));
        await link.WriteAsync(new byte[] { 1 }, CancellationToken.None);
        Assert.Equal(0, await link.ReadAsync(new byte[64], CancellationToken.None).AsTask().WaitAsync(Guard));
        Assert.False(link.TrySetBaudRate(500_000));
    }

    [Fact]
    public async Task Closing_ends_a_read_that_is_under_way()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        SerialByteLink link = await HostEnd.OpenAsync(terminal, 1_000_000);
        Task<int> reading = link.ReadAsync(new byte[64], CancellationToken.None).AsTask();
        await link.DisposeAsync();
        Assert.Equal(0, await reading.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_read_can_be_cancelled()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        await using SerialByteLink link = await HostEnd.OpenAsync(terminal, 1_000_000);
        using var cancel = new CancellationTokenSource();
        Task<int> reading = link.ReadAsync(new byte[64], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Guard));
    }

    [Fact]
    public void What_is_no_port_is_refused_with_a_sentence()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "x");
        Assert.Contains("There is no port '/dev/ttyNONE'. Is the doorbell plugged in", Sentence("/dev/ttyNONE"));
        Assert.Contains("is a folder", Sentence(folder.Root));
        Assert.Contains("is not a serial port that can be used", Sentence(folder["file"]));
        Assert.Contains("is not a serial port that can be used", Sentence("/dev/null"));
    }

    private static string Sentence(string path) =>
        Assert.Throws<LinkUnavailableException>(() => SerialByteLink.Open(path, 1_000_000)).Message;
}
