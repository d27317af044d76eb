using DoorbellFace.Core.Recognition;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Wall;

/// <summary>
/// The faces on the wall, for a running door. A list that cannot be read counts as none: then everything that is seen is spoken of. The
/// door's worker owns it.
/// </summary>
/// <param name="storage">Where they are kept; null: there are none.</param>
/// <param name="log">For complaints.</param>
public sealed class LiveWall(IWallStorage? storage, ILogger log)
{
    private string? _stamp;

    /// <summary>Those that count now.</summary>
    public WallPictures Current { get; private set; } = WallPictures.None;

    /// <summary>Takes a change over, whoever made it. Never throws.</summary>
    public void Refresh()
    {
        if (storage is null || storage.Stamp is not { } stamp || stamp == _stamp) return;
        _stamp = stamp;
        try
        {
            Current = new WallService(storage).Read();
        }
        catch (DoorbellException error)
        {
            Current = WallPictures.None;
            log.LogError("{Reason}", error.Message);
        }
    }
}
