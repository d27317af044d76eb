namespace DoorbellFace.Core.Link;

/// <summary>What became of a command (docs/protocol.md, ACK).</summary>
public enum AckResult
{
    /// <summary>It is done, or will be before the next frame.</summary>
    Done = 0,

    /// <summary>This device cannot do that.</summary>
    NotSupported = 1,

    /// <summary>Not now.</summary>
    Busy = 2,
}
