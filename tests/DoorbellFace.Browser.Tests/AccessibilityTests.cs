using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// What axe finds (WCAG 2.2 AA, with the size of targets, which is off by default), on every page in every dress. It finds about half of
/// what there is. A page is opened once and put into one dress after another, and what it tells a screen reader is compared with what it
/// told before.
/// </summary>
[Collection(nameof(FurnishedPage))]
public sealed class AccessibilityTests(FurnishedPage furnished)
{
    private const string Name = Chromium.Program, Package = "chromium", Audit = "audit";

    /// <summary>What was right is not told: that is most of what axe has to say, and takes it most of its time.</summary>
    private const string RunAxe =
        """
        async () => {
          const found = await axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            rules: { "target-size": { enabled: true } },
            resultTypes: ["violations", "incomplete"],
          });
          return [...found.violations, ...found.incomplete]
            .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 300)}`));
        }
        """;

    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>
    /// At 200 % a window has half its width, in the browser's own points. Letters alone at twice their size are not tried.
    /// </summary>
    internal static readonly (string Name, ColorScheme Colors, int Width)[] Dresses =
    [
        ("light", ColorScheme.Light, 1100), ("dark", ColorScheme.Dark, 1100), ("zoomed", ColorScheme.Light, 550),
        ("320", ColorScheme.Light, 320),
    ];

    [ProgramFact(Name, Package)]
    public Task From_left_to_right_in_light_in_dark_and_narrow() => NothingIsWrongAsync("en", Dresses);

    [ProgramFact(Name, Package)]
    public Task From_right_to_left() => NothingIsWrongAsync("he", [("he", ColorScheme.Light, 1100)]);

    /// <summary>What is there only after somebody has said something, or something has gone wrong.</summary>
    [ProgramFact(Name, Package)]
    public async Task After_a_word_and_after_a_mistake()
    {
        IPage page = await furnished.OpenAsync();
        var wrong = new List<string>();
        await OpenAsync(page, "/review");
        await page.GetByRole(AriaRole.Button, new() { Name = "Later" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Put off until they come again.");
        await LookAsync(page, ("review-after-a-word", "/review"), Dresses, wrong);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back: 2 pictures: later." }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("Taken back");

        // Clara's pictures, said to be Ben's: the page asks, and whoever is sure says so.
        await page.Locator("#name-1").FillAsync("Ben");
        await page.Locator("#name-1").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#trouble")).ToContainTextAsync("Is this really Ben?");
        await Assertions.Expect(page.Locator("#trouble")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("I am sure: learn it all the same")).ToHaveCountAsync(1);
        await LookAsync(page, ("review-after-a-mistake", "/review"), Dresses, wrong);
        await page.Context.CloseAsync();

        Assert.Empty(wrong);
        Assert.Empty(furnished.Chromium.Complaints);
    }

    private async Task NothingIsWrongAsync(string language, (string Name, ColorScheme Colors, int Width)[] dresses)
    {
        IPage stranger = await furnished.Chromium.OpenAsync(furnished.Door.Address);
        IPage page = await furnished.OpenAsync();
        foreach (IPage one in (IPage[])[stranger, page])
        {
            await one.Context.AddCookiesAsync(
                [new Cookie { Name = "doorbell-language", Value = language, Url = furnished.Door.Address.ToString() }]);
        }
        var wrong = new List<string>();
        (string Name, string Address)[] places = [("login", "/login"), .. Places.Of(furnished.House), (Audit, "/audit")];
        foreach ((string Name, string Address) place in places)
        {
            IPage one = place.Name == "login" ? stranger : page;
            await OpenAsync(one, place.Address);
            if (place.Address == "/") await DrawAPictureAsync(one);
            // What was done depends on which tests ran before.
            if (language == "en" && place.Name != Audit && await AriaSnapshots.ComplaintAsync(one, place.Name) is { } complaint)
                wrong.Add($"{place.Address}: {complaint}");
            await LookAsync(one, place, dresses, wrong);
        }
        await stranger.Context.CloseAsync();
        await page.Context.CloseAsync();

        Assert.Empty(wrong);
        Assert.Empty(furnished.Chromium.Complaints);
    }

    /// <summary>Opens a page, and what can be opened on it.</summary>
    internal static async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
    }

    /// <summary>
    /// Looks at the page that is open. With DOORBELLFACE_PICTURES in the environment it leaves pictures in that folder, for people to look
    /// at.
    /// </summary>
    internal static async Task LookAsync(
        IPage page, (string Name, string Address) place, (string Name, ColorScheme Colors, int Width)[] dresses, List<string> wrong)
    {
        await page.EvaluateAsync(Axe.Value);
        foreach ((string dress, ColorScheme colors, int width) in dresses)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
            await page.SetViewportSizeAsync(width, 900);
            string[] found = await page.EvaluateAsync<string[]>(RunAxe);
            wrong.AddRange(found.Select(one => $"{dress} {place.Address}: {one}"));
            wrong.AddRange((await MeasureAsync(page)).Select(one => $"{dress} {place.Address}: {one}"));
            if (Environment.GetEnvironmentVariable("DOORBELLFACE_PICTURES") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(
                    new PageScreenshotOptions { Path = Path.Combine(folder, $"{dress}-{place.Name}.png"), FullPage = true });
            }
        }
    }

    /// <summary>What is wider than the window, and what is too small for a finger.</summary>
    private static async Task<IEnumerable<string>> MeasureAsync(IPage page)
    {
        int tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        string[] small = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll("a, button, input, select, textarea, summary, label.check")]
              .filter(one => !["hidden", "checkbox", "radio"].includes(one.type))
              .filter(one => one.getClientRects().length && getComputedStyle(one).position !== "absolute")
              .filter(one => !(one.tagName === "A" && one.closest("p:not(.buttons)") && !one.classList.contains("button")))
              .filter(one => one.getBoundingClientRect().height < 43.5 || one.getBoundingClientRect().width < 43.5)
              .map(one => one.outerHTML.slice(0, 100))
            """);
        return
        [
            .. tooWide > 0 ? [$"{tooWide} px wider than the window"] : (string[])[],
            .. small.Select(one => $"less than 44 px: {one}"),
        ];
    }

    /// <summary>The live picture goes on until one is painted.</summary>
    private static async Task DrawAPictureAsync(IPage page)
    {
        await page.Locator("#pause").ClickAsync();
        await page.Locator("#live[data-drawn]").WaitForAsync();
        await page.Locator("#pause").ClickAsync();
    }
}
