using DoorbellFace.Application.Faces;

namespace DoorbellFace.Web;

/// <summary>
/// The networks for enrolment, for one visitor of the page at a time: each set takes some 100 MB, and the door's own must not be shared.
/// Whoever teaches the doorbell does one thing after another, so they stay loaded for a little while. Thread-safe.
/// </summary>
/// <param name="load">Loads them.</param>
/// <param name="modelStamp">Changes whenever another model is put in place.</param>
/// <param name="time">Tells when nobody has worked with them for long.</param>
public sealed class ToolRoom(Func<GalleryTools> load, Func<string> modelStamp, TimeProvider time) : IDisposable
{
    /// <summary>So long after their last use they are unloaded.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(90);

    private readonly SemaphoreSlim _one = new(1);
    private GalleryTools? _tools;
    private string _stamp = "";
    private ITimer? _unload;
    private bool _isClosed;

    /// <summary>Works with the networks.</summary>
    public async Task<T> WorkAsync<T>(Func<GalleryTools, T> work, CancellationToken stop)
    {
        await _one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _unload?.Dispose();
            return await Task.Run(() => work(Load()), stop).ConfigureAwait(false);
        }
        finally
        {
            _unload = time.CreateTimer(_ => Unload(), null, KeepFor, Timeout.InfiniteTimeSpan);
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Whoever works with them now is let finish first.
        _one.Wait();
        _isClosed = true;
        _unload?.Dispose();
        Drop();
        _one.Release();
    }

    private GalleryTools Load()
    {
        string stamp = modelStamp();
        if (stamp != _stamp) Drop();
        _stamp = stamp;
        return _tools ??= load();
    }

    private void Unload()
    {
        // Somebody works with them: the timer begins again when that is done.
        if (!_one.Wait(TimeSpan.Zero)) return;
        Drop();
        _one.Release();
    }

    private void Drop()
    {
        _tools?.Dispose();
        _tools = null;
    }
}
