using DoorbellFace.Application;
using DoorbellFace.Application.People;

namespace DoorbellFace.Web.Api;

/// <summary>
/// The networks that say who is on a picture, for one request at a time: each set takes some 100 MB. Few may wait; who comes then is asked
/// to come back.
/// </summary>
/// <param name="parts">Loads them.</param>
internal sealed class LookRoom(PageParts parts) : IDisposable
{
    private const int MostWaiting = 4;

    private readonly SemaphoreSlim _one = new(1);
    private int _waiting;

    /// <summary>Looks.</summary>
    /// <exception cref="DoorbellException">Too many wait already.</exception>
    public async Task<PhotoAnswer> LookAsync(byte[] picture, CancellationToken stop)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new DoorbellException(ErrorKind.MissingPart, "Too many pictures are looked at already. Try again in a moment.");
        }
        try
        {
            await _one.WaitAsync(stop);
            try
            {
                return await Task.Run(
                    () =>
                    {
                        using IdentificationService identification = parts.LoadIdentification();
                        return identification.Look(picture, "The picture");
                    },
                    stop);
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
