using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DoorbellFace.Browser.Tests;

/// <summary>The system's Chromium. It notes whatever leaves the page's own address, and what its content policy forbids.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    public const string Program = "chromium";

    /// <summary>The width of a window, in its own points.</summary>
    public const int UsualWidth = 1100;

    private const float MostMilliseconds = 90_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Requests to elsewhere, scripts that failed, and what the content policy forbade.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Chromium> StartAsync()
    {
        // Only there for a test to fail instead of hanging: a machine that is busy takes its time.
        Assertions.SetDefaultExpectTimeout(MostMilliseconds);
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = PathOf(Program), Args = ["--no-sandbox", "--disable-gpu"] });
        return new Chromium(playwright, browser);
    }

    /// <summary>
    /// A browser of somebody who wants nothing to move: the live picture waits until it is asked for, since the virtual doorbell sends as
    /// fast as it is read.
    /// </summary>
    /// <param name="address">The page's.</param>
    /// <param name="change">How it differs from a usual one.</param>
    public async Task<IPage> OpenAsync(Uri address, Action<BrowserNewContextOptions>? change = null)
    {
        var options = new BrowserNewContextOptions { BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = UsualWidth, Height = 900 }, ReducedMotion = ReducedMotion.Reduce };
        change?.Invoke(options);
        IBrowserContext context = await _browser.NewContextAsync(options);
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal)
                && request.Url != "about:blank") _complaints.Enqueue($"asked elsewhere: {request.Url}");
        };
        context.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase)
                || message.Text.Contains("Trusted", StringComparison.Ordinal))
                _complaints.Enqueue(message.Text);
        };
        context.WebError += (_, error) => _complaints.Enqueue(error.Error);
        context.SetDefaultTimeout(MostMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string PathOf(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
