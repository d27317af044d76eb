using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>Without scripts, forms and links are what works; everything must.</summary>
[Collection(nameof(FurnishedPage))]
public sealed class WithoutScriptsTests(FurnishedPage furnished)
{
    private const string Name = Chromium.Program, Package = "chromium";

    [ProgramFact(Name, Package)]
    public async Task A_visit_is_named_and_said_not_to_be()
    {
        IPage page = await OpenAsync($"/visits/{furnished.House.Stranger}");
        await PressAsync(page, "Say it aloud");
        await Expect(page.Locator("#status")).ToContainTextAsync("The door says: ");
        await page.GetByLabel("It is somebody else. Name:").FillAsync("Clara");
        await PressAsync(page, "That is who it is");
        await Expect(page.Locator("#status")).ToContainTextAsync("From now on Clara is known, by one picture.");
        await PressAsync(page, "Take it back: You said: it was Clara.");
        await Expect(page.Locator("#status")).ToContainTextAsync("Taken back");
        await Expect(page.GetByText("You said: it was Clara.")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ProgramFact(Name, Package)]
    public async Task Whoever_waits_is_told_of_in_words_named_without_one_picture_put_off_ignored_and_all_is_taken_back()
    {
        IPage page = await OpenAsync("/review");
        ILocator first = page.Locator("section", new() { Has = page.Locator("#group-1") });
        await Expect(first.GetByRole(AriaRole.Heading)).ToContainTextAsync("2 pictures on 2 days");
        await Expect(first).ToContainTextAsync("These 2 agree.");
        await Expect(first).ToContainTextAsync("Good light");
        await Expect(page.Locator("main h2")).ToContainTextAsync(["2 pictures", "One picture", "One picture"]);

        await first.GetByRole(AriaRole.Checkbox).First.UncheckAsync();
        await first.GetByLabel("Who is this? Name:").FillAsync("Clara");
        await first.GetByRole(AriaRole.Button, new() { Name = "That is who it is" }).ClickAsync();
        await Expect(page.Locator("#status")).ToContainTextAsync("From now on Clara is known, by one picture.");
        await Expect(page.GetByText("It looks like Clara.")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Not a face" }).First.ClickAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("Remembered: not a face.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Later" }).First.ClickAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("Put off until they come again.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ignore this person" }).First.ClickAsync();
        await Expect(page.Locator("#status")).ToContainTextAsync("You will not be asked about this person again");
        await Expect(page.GetByText("Nobody is waiting for a name.")).ToBeVisibleAsync();

        foreach (string said in (string[])["ignore this person.", "later.", "not a face.", "it is Clara."])
            await PressAsync(page, $"Take it back: One picture: {said}");
        await Expect(page.Locator("main h2")).ToContainTextAsync(["2 pictures", "One picture", "One picture"]);
        await page.Context.CloseAsync();
    }

    private static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task<IPage> OpenAsync(string address)
    {
        IPage page = await furnished.OpenAsync(options => options.JavaScriptEnabled = false);
        await page.GotoAsync(address);
        return page;
    }
}
