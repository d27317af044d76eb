using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>A link whose speed can be changed while it is open: without a new opening, which would reset an Uno.</summary>
public interface IBaudRateLink : IByteLink
{
    /// <summary>Speed in bit/s.</summary>
    int BaudRateBitsPerSecond { get; }

    /// <summary>Changes the speed. Bytes on their way are lost.</summary>
    /// <returns>False when the port does not know that speed or is gone.</returns>
    bool TrySetBaudRate(int baudRateBitsPerSecond);
}
