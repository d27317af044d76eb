using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Firmware;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>The door of the demo: a port to listen at, and visitors who come, ring and go.</summary>
internal abstract class DemoDoor : IAsyncDisposable
{
    /// <summary>The port to open.</summary>
    public abstract string PortPath { get; }

    /// <summary>A visitor comes, rings, is looked at and goes.</summary>
    public abstract Task PlayAsync(PixelBuffer visitor, CancellationToken stop);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>The doorbell made of C#.</summary>
    public static DemoDoor OfSoftware(int baudRateBitsPerSecond, TimeProvider time) => new SoftwareDoor(baudRateBitsPerSecond, time);

    /// <summary>The real firmware in its simulator.</summary>
    /// <exception cref="UserErrorException">It cannot be built or started.</exception>
    public static async Task<DemoDoor> OfFirmwareAsync(int baudRateBitsPerSecond, CancellationToken stop) =>
        new FirmwareDoor(await FirmwareSimulation.StartAsync(baudRateBitsPerSecond, fault: null, stop));

    private sealed class SoftwareDoor : DemoDoor
    {
        private readonly DoorbellOnPort _door;
        private readonly VisitPlayer _player;

        public SoftwareDoor(int baudRateBitsPerSecond, TimeProvider time)
        {
            _player = new VisitPlayer(time, patience: TimeSpan.FromSeconds(15));
            _door = new DoorbellOnPort(new VirtualDoorbellOptions { BaudRateBitsPerSecond = baudRateBitsPerSecond, NoiseSigma = 3 },
                _player.Scene, time);
            _player.Attach(_door.Device);
            _door.Start();
        }

        public override string PortPath => _door.Terminal.PortPath;

        public override Task PlayAsync(PixelBuffer visitor, CancellationToken stop) => _player.PlayAsync(visitor, stop);

        public override ValueTask DisposeAsync() => _door.DisposeAsync();
    }

    private sealed class FirmwareDoor(FirmwareDoorbell doorbell) : DemoDoor
    {
        public override string PortPath => doorbell.PortPath;

        public override Task PlayAsync(PixelBuffer visitor, CancellationToken stop) =>
            FirmwareSimulation.VisitAsync(doorbell, visitor, stop);

        public override ValueTask DisposeAsync() => doorbell.DisposeAsync();
    }
}
