using DoorbellFace.Application.People;
using DoorbellFace.Core.People;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The people of a data folder.</summary>
/// <param name="folder">The data folder; it need not be there.</param>
/// <param name="log">For remarks.</param>
public sealed class SqlitePeopleStorage(string folder, ILogger log) : IPeopleStorage
{
    /// <inheritdoc/>
    public IGalleryStore Open() => SqliteGalleryStore.Open(folder, log);

    /// <inheritdoc/>
    public IGalleryStore? OpenIfThere() => SqliteGalleryStore.OpenIfThere(folder, log);
}
