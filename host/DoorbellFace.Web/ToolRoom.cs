using DoorbellFace.Application.Faces;

namespace DoorbellFace.Web;

/// <summary>
/// The networks for enrolment, for one visitor of the page at a time: each set takes some 100 MB, and the door's own must not be shared.
/// </summary>
/// <param name="parts">Loads them.</param>
public sealed class ToolRoom(PageParts parts) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Works with the networks.</summary>
    public async Task<T> WorkAsync<T>(Func<GalleryTools, T> work, CancellationToken stop)
    {
        await _one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    using GalleryTools tools = parts.LoadTools();
                    return work(tools);
                },
                stop).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
