using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// What axe finds (WCAG 2.2 AA, with the size of targets, which is off by default), on every page in every dress. It finds about half of
/// what there is.
/// </summary>
[Collection(nameof(FurnishedPage))]
public sealed class AccessibilityTests(FurnishedPage furnished)
{
    private const string Name = Chromium.Program, Package = "chromium";

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
        Rules = new Dictionary<string, RuleOptions> { ["target-size"] = new() { Enabled = true } },
    };

    [ProgramFact(Name, Package)]
    public Task Light() => NothingIsWrongAsync("light", options => options.ColorScheme = ColorScheme.Light);

    [ProgramFact(Name, Package)]
    public Task Dark() => NothingIsWrongAsync("dark", options => options.ColorScheme = ColorScheme.Dark);

    [ProgramFact(Name, Package)]
    public Task Narrow() => NothingIsWrongAsync("320", options => options.ViewportSize = new ViewportSize { Width = 320, Height = 640 });

    [ProgramFact(Name, Package)]
    public Task From_right_to_left() => NothingIsWrongAsync("he", options => { }, language: "he");

    /// <summary>Every page without scripts: forms and links are what works.</summary>
    [ProgramFact(Name, Package)]
    public async Task Without_scripts_a_visit_is_named_and_said_not_to_be()
    {
        IPage page = await furnished.OpenAsync(options => options.JavaScriptEnabled = false);
        await page.GotoAsync("/visits");
        await page.Locator(".card a").Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Say it aloud" }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("The door says: ");
        await page.GetByLabel("It is somebody else. Name:").FillAsync("David");
        await page.GetByRole(AriaRole.Button, new() { Name = "That is who it is" }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("From now on David is known, by one picture.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back: You said: it was David." }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("Taken back");
        await Assertions.Expect(page.GetByText("You said: it was David.")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private async Task NothingIsWrongAsync(string dress, Action<BrowserNewContextOptions> change, string language = "en")
    {
        IPage stranger = await furnished.Chromium.OpenAsync(furnished.Door.Address, change);
        IPage page = await furnished.OpenAsync(change);
        foreach (IPage one in (IPage[])[stranger, page])
        {
            await one.Context.AddCookiesAsync(
                [new Cookie { Name = "doorbell-language", Value = language, Url = furnished.Door.Address.ToString() }]);
        }
        await page.GotoAsync("/visits");
        string[] visits = [.. await page.Locator(".card a")
            .EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))")];
        await page.GotoAsync("/people");
        string person = await page.Locator(".card a").First.GetAttributeAsync("href") ?? "";
        var wrong = new List<string>();
        await LookAsync(stranger, "/login", dress, wrong);
        foreach (string place in (
            string[])["/", "/visits", "/visits?day=2001-01-01", visits[0], visits[1], "/people", person, "/settings", "/nowhere"])
            await LookAsync(page, place, dress, wrong);
        await stranger.Context.CloseAsync();
        await page.Context.CloseAsync();

        Assert.Empty(wrong);
        Assert.Empty(furnished.Chromium.Complaints);
    }

    /// <summary>The live picture goes on until one is painted.</summary>
    private static async Task DrawAPictureAsync(IPage page)
    {
        await page.Locator("#pause").ClickAsync();
        await page.Locator("#live[data-drawn]").WaitForAsync();
        await page.Locator("#pause").ClickAsync();
    }

    /// <summary>
    /// Looks at a page. With DOORBELLFACE_PICTURES in the environment it leaves pictures in that folder, for people to look at.
    /// </summary>
    private static async Task LookAsync(IPage page, string place, string dress, List<string> wrong)
    {
        await page.GotoAsync(place);
        if (place == "/") await DrawAPictureAsync(page);
        // What can be opened is opened.
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        AxeResult found = await page.RunAxe(Rules);
        wrong.AddRange(found.Violations.Concat(found.Incomplete ?? [])
            .SelectMany(rule => rule.Nodes.Select(node => $"{dress} {place}: {rule.Id}: {node.Html}")));
        int tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) wrong.Add($"{dress} {place}: {tooWide} px wider than the window");
        string[] small = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll("a, button, input:not([type=hidden], [type=checkbox]), select, textarea, summary, label.check")]
              .filter(one => one.getClientRects().length && getComputedStyle(one).position !== "absolute")
              .filter(one => !(one.tagName === "A" && one.closest("p:not(.buttons)") && !one.classList.contains("button")))
              .filter(one => one.getBoundingClientRect().height < 43.5 || one.getBoundingClientRect().width < 43.5)
              .map(one => one.outerHTML.slice(0, 100))
            """);
        wrong.AddRange(small.Select(one => $"{dress} {place}: less than 44 px: {one}"));
        if (Environment.GetEnvironmentVariable("DOORBELLFACE_PICTURES") is { Length: > 0 } folder)
        {
            string name = $"{dress}-{place.Trim('/').Replace('/', '-').Replace('?', '-')}.png";
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name), FullPage = true });
        }
    }
}
