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
        async (isWhole) => {
          const found = await axe.run(document, {
            runOnly: isWhole ? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
              : { type: "rule", values: ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"] },
            ...(isWhole && { rules: { "target-size": { enabled: true } } }),
            resultTypes: ["violations", "incomplete"],
          });
          const told = (rules) => rules.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 300)}`));
          // What lies behind letters of a drawing axe cannot tell: they have the ink and the paper of the text around it.
          return [...told(found.violations), ...told(found.incomplete).filter(one => !one.startsWith("color-contrast: <text "))];
        }
        """;

    /// <summary>
    /// Lines of text and what can be worked with, as they are painted: no two may lie over each other, and no line may leave its box.
    /// A few points are the shape of letters.
    /// </summary>
    private const string Layout =
        """
        () => {
          const close = 3, wrong = [], shown = [];
          const isSeen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".skip, .heard, noscript, option, svg");
          const box =
            "button, .button, nav a, summary, th, td, label, legend, .card, .candidate, fieldset, .status, .trouble, .empty";
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode, parent = text.parentElement;
            if (!text.data.trim() || !isSeen(parent)) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const around = parent.closest(box);
            for (const line of range.getClientRects()) {
              if (line.width < 1) continue;
              shown.push([parent, line, text.data.trim().slice(0, 40)]);
              if (!around) continue;
              const edge = around.getBoundingClientRect();
              if (line.left < edge.left - close || line.right > edge.right + close || line.top < edge.top - close
                || line.bottom > edge.bottom + close) wrong.push(`leaves its box: ${text.data.trim().slice(0, 60)}`);
            }
          }
          for (const one of document.querySelectorAll("button, .button, input, select, textarea, img, canvas, svg, summary, progress"))
            if (isSeen(one) || (one.matches("svg") && one.checkVisibility()))
              shown.push([one, one.getBoundingClientRect(), one.outerHTML.slice(0, 60)]);
          for (let first = 0; first < shown.length; first++) {
            for (let second = first + 1; second < shown.length; second++) {
              const [one, a, name] = shown[first], [other, b, otherName] = shown[second];
              if (one.contains(other) || other.contains(one)) continue;
              if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > close
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > close) wrong.push(`one over the other: ${name} | ${otherName}`);
            }
          }
          return wrong;
        }
        """;

    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    private static readonly Dress Letters = new("letters", ColorScheme.Light, 1280) { LettersPercent = 200 };

    /// <summary>
    /// At 200 % a window has half its width, in the browser's own points; with letters alone at twice their size all of it.
    /// </summary>
    internal static readonly Dress[] Dresses =
    [
        new("light", ColorScheme.Light, 1100) { IsWhole = true }, new("dark", ColorScheme.Dark, 1100),
        new("zoomed", ColorScheme.Light, 550), new("320", ColorScheme.Light, 320), Letters,
        new("forced", ColorScheme.Dark, 1100) { IsForced = true }, new("contrast", ColorScheme.Light, 1100) { HasContrast = true },
        new("contrast-dark", ColorScheme.Dark, 1100) { HasContrast = true }, new("turned", ColorScheme.Light, 1100) { IsTurned = true },
    ];

    [ProgramFact(Name, Package)]
    public Task From_left_to_right_in_light_in_dark_and_narrow() => NothingIsWrongAsync("en", Dresses);

    [ProgramFact(Name, Package)]
    public Task From_right_to_left() => NothingIsWrongAsync("he", [new("he", ColorScheme.Light, 1100) { IsWhole = true }, Letters]);

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

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(furnished.Chromium.Complaints);
    }

    private async Task NothingIsWrongAsync(string language, Dress[] dresses)
    {
        FurnishedHouse.AddBuild(furnished.Door.DataFolder);
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

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
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
        IPage page, (string Name, string Address) place, Dress[] dresses, List<string> wrong)
    {
        await page.EvaluateAsync(Axe.Value);
        foreach (Dress dress in dresses)
        {
            await dress.PutOnAsync(page);
            string[] found = [.. await page.EvaluateAsync<string[]>(RunAxe, dress.IsWhole), .. await MeasureAsync(page)];
            wrong.AddRange(found.Select(one => $"{dress.Name} {place.Address}: {one}"));
            if (Environment.GetEnvironmentVariable("DOORBELLFACE_PICTURES") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(
                    new PageScreenshotOptions { Path = Path.Combine(folder, $"{dress.Name}-{place.Name}.png"), FullPage = true });
            }
        }
        await new Dress("usual", ColorScheme.Light, Chromium.UsualWidth).PutOnAsync(page);
    }

    /// <summary>
    /// What is wider than the window, what is too small for a finger, and what lies over something else or leaves the box that it stands
    /// in.
    /// </summary>
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
            .. await page.EvaluateAsync<string[]>(Layout),
        ];
    }

    /// <summary>The live picture goes on until one is painted.</summary>
    private static async Task DrawAPictureAsync(IPage page)
    {
        await page.Locator("#pause").ClickAsync();
        await page.Locator("#live[data-drawn]").WaitForAsync();
        await page.Locator("#pause").ClickAsync();
    }

    /// <summary>What a page is looked at in.</summary>
    /// <param name="Name">Names it in complaints and pictures.</param>
    /// <param name="Colors">Light or dark.</param>
    /// <param name="Width">Of the window, in its own points.</param>
    internal sealed record Dress(string Name, ColorScheme Colors, int Width)
    {
        /// <summary>Size of the letters alone; the window stays as it is.</summary>
        public int LettersPercent { get; init; } = 100;

        /// <summary>Every rule is asked, and not those alone to which a dress makes a difference.</summary>
        public bool IsWhole { get; init; }

        /// <summary>From right to left, whatever the language.</summary>
        public bool IsTurned { get; init; }

        /// <summary>The system has chosen every colour.</summary>
        public bool IsForced { get; init; }

        /// <summary>The system asks for more contrast.</summary>
        public bool HasContrast { get; init; }

        /// <summary>Puts the page that is open into it.</summary>
        public async Task PutOnAsync(IPage page)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions
            {
                ColorScheme = Colors,
                ForcedColors = IsForced ? ForcedColors.Active : ForcedColors.None,
                Contrast = HasContrast ? Contrast.More : Contrast.NoPreference,
            });
            await page.SetViewportSizeAsync(Width, 900);
            await page.EvaluateAsync(
                """
                ([size, isTurned]) => {
                  const root = document.documentElement;
                  root.dataset.dir ??= root.dir;
                  root.dir = isTurned ? "rtl" : root.dataset.dir;
                  root.style.fontSize = size;
                }
                """, new object[] { $"{LettersPercent}%", IsTurned });
        }
    }
}
