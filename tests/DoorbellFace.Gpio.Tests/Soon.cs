namespace DoorbellFace.Gpio.Tests;

/// <summary>Waits for what a task of its own does; the limit is only there for a test to fail instead of hanging.</summary>
internal static class Soon
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo()) await Task.Delay(2, limit.Token);
    }
}
