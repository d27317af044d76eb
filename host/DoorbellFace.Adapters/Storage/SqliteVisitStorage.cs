using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The visits of a data folder.</summary>
/// <param name="folder">The data folder; it need not be there.</param>
/// <param name="time">The clock for the times at which visits are saved.</param>
/// <param name="log">For remarks.</param>
public sealed class SqliteVisitStorage(string folder, TimeProvider time, ILogger log) : IVisitStorage
{
    /// <inheritdoc/>
    public IVisitStore OpenAsOwner() => SqliteVisitStore.Open(folder, StoreAccess.Owner, time, log);

    /// <inheritdoc/>
    public IVisitStore? OpenIfThere() =>
        SqliteVisitStore.Exists(folder) ? SqliteVisitStore.Open(folder, StoreAccess.Guest, time, log) : null;
}
