using System.Collections.Concurrent;
using DoorbellFace.Terminal;
using Microsoft.Playwright;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// The system's Chromium, without a window, logged in. It notes whatever is asked of another address, and what the page's content policy
/// forbade.
/// </summary>
internal sealed class BrowserOfPage : IAsyncDisposable
{
    /// <summary>Tells of what the content policy forbids, from the first line of a page on.</summary>
    private const string WatchPolicy =
        "addEventListener('securitypolicyviolation', event => "
        + "console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ConcurrentQueue<string> _complaints = new();
    private int _requests;

    private BrowserOfPage(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>The page in it.</summary>
    public IPage Page { get; private set; } = null!;

    /// <summary>What it asked for, and what of that was wrong, as a sentence.</summary>
    public string Account => $"The browser made {_requests} requests; {_complaints.Count} to elsewhere or against the content policy"
        + (_complaints.IsEmpty ? "." : $": {string.Join("; ", _complaints.Distinct().Take(5))}.");

    /// <summary>Starts it and logs in.</summary>
    /// <param name="address">The page's.</param>
    /// <param name="script">What every page of it runs first; null: nothing.</param>
    public static async Task<BrowserOfPage> OpenAsync(Uri address, string? script = null)
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
                ?? throw new UserErrorException("This needs chromium.", ExitCode.BadInput),
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        var browser = new BrowserOfPage(playwright, chromium);
        IBrowserContext context = await chromium.NewContextAsync(new BrowserNewContextOptions { BaseURL = address.ToString() });
        context.Request += (_, request) => browser.Note(request.Url, address);
        context.Console += (_, message) =>
        {
            if (message.Text.StartsWith("policy: ", StringComparison.Ordinal)) browser._complaints.Enqueue(message.Text);
        };
        await context.AddInitScriptAsync(WatchPolicy);
        if (script is not null) await context.AddInitScriptAsync(script);
        browser.Page = await context.NewPageAsync();
        await browser.Page.GotoAsync("/login");
        await browser.Page.GetByLabel("Password").FillAsync(ServedPage.Password);
        await browser.Page.Keyboard.PressAsync("Enter");
        await browser.Page.Locator("nav").WaitForAsync();
        return browser;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Note(string url, Uri address)
    {
        Interlocked.Increment(ref _requests);
        if (!url.StartsWith(address.ToString(), StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal)
            && url != "about:blank") _complaints.Enqueue(url);
    }
}
