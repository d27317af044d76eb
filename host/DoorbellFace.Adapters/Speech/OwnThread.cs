namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Work that may never come back, such as a call of a voice's library: done on a thread of its own, and waited for only so long.
/// </summary>
internal static class OwnThread
{
    /// <summary>Does the work. A thread and not the pool: one that never comes back must not be missed there.</summary>
    /// <param name="name">The thread's.</param>
    /// <param name="work">What it throws is thrown here.</param>
    /// <param name="limit">How long it is waited for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="result">What came of it; the default when it did not come back.</param>
    /// <returns>False when it did not come back in time; the thread is left alone.</returns>
    public static bool TryDo<T>(string name, Func<T> work, TimeSpan limit, CancellationToken cancellation, out T? result)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Do(done, work)) { Name = name, IsBackground = true }.Start();
        bool isDone = Task.WhenAny(done.Task).Wait((int)limit.TotalMilliseconds, cancellation);
        result = isDone ? done.Task.GetAwaiter().GetResult() : default;
        return isDone;
    }

    private static void Do<T>(TaskCompletionSource<T> done, Func<T> work)
    {
        try
        {
            done.TrySetResult(work());
        }
#pragma warning disable CA1031 // Whatever it is goes to the caller, which knows what to do.
        catch (Exception error)
#pragma warning restore CA1031
        {
            done.TrySetException(error);
        }
    }
}
