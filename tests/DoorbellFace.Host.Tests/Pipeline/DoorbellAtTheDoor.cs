using System.Text.Json.Nodes;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// A virtual doorbell on a pseudo-terminal that shows an empty porch and sends as fast as it is read, unless told otherwise. The port has a
/// name of its own, a link: a host whose cable is out must not take the terminal that another test has been given under the old number.
/// </summary>
internal sealed class DoorbellAtTheDoor : IAsyncDisposable
{
    public const int BaudRateBitsPerSecond = 1_000_000;

    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly DoorbellOnPort _door;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DoorbellAtTheDoor(CableFaults? faults = null, Func<PixelBuffer>? scene = null, bool isPaced = false)
    {
        _door = new DoorbellOnPort(
            new VirtualDoorbellOptions { BaudRateBitsPerSecond = BaudRateBitsPerSecond, IsPaced = isPaced },
            scene ?? (() => Scenes.EmptyPorch), TimeProvider.System, faults, _folder["bell"]);
        _door.Terminal.HostOpened += () => _opened.TrySetResult();
        _door.Start();
    }

    public VirtualDevice Device => _door.Device;

    public string PortPath => _door.Terminal.PortPath;

    public int Presses { get; private set; }

    public void Press()
    {
        Presses++;
        Device.Press();
    }

    /// <summary>Until a program has opened the port.</summary>
    public Task IsUpAsync() => _opened.Task.WaitAsync(Patience);

    /// <summary>Until the host has acknowledged a new press.</summary>
    public async Task PressAndBeAcknowledgedAsync()
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Note(int boot, int press) => acknowledged.TrySetResult();
        Device.PressAcknowledged += Note;
        Press();
        await acknowledged.Task.WaitAsync(Patience);
        Device.PressAcknowledged -= Note;
    }

    /// <summary>A press soon after an answer counts as impatience; presses are repeated until one counts as a new visitor's.</summary>
    public async Task RingUntilANewVisitBeginsAsync(RunningHost host)
    {
        while (true)
        {
            await PressAndBeAcknowledgedAsync();
            JsonObject line = await host.ReadUntilAsync("visit_started", "rang_again");
            if (line["event"]!.GetValue<string>() == "visit_started") return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        _folder.Dispose();
    }
}
