using DoorbellFace.Application.People;
using DoorbellFace.Core.People;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// The people of a data folder. The first time the file is opened it is read through, to see whether it is damaged; afterwards damage shows
/// where it is met. Thread-safe.
/// </summary>
/// <param name="folder">The data folder; it need not be there.</param>
/// <param name="log">For remarks.</param>
public sealed class SqlitePeopleStorage(string folder, ILogger log) : IPeopleStorage
{
    private volatile bool _isChecked;

    /// <inheritdoc/>
    public IGalleryStore Open() => Checked(SqliteGalleryStore.Open(folder, log, isFullCheck: !_isChecked));

    /// <inheritdoc/>
    public IGalleryStore? OpenIfThere() =>
        SqliteGalleryStore.OpenIfThere(folder, log, isFullCheck: !_isChecked) is { } store ? Checked(store) : null;

    private SqliteGalleryStore Checked(SqliteGalleryStore store)
    {
        _isChecked = true;
        return store;
    }
}
