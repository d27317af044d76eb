using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>How many keys it takes, with the keyboard alone; letters of a name do not count.</summary>
[Collection(nameof(FurnishedPage))]
public sealed class KeyboardTests(FurnishedPage furnished)
{
    private int _pressed;

    [ProgramFact(Chromium.Program, "chromium")]
    public async Task A_wrong_name_is_corrected_with_four_keys_from_the_visits_page()
    {
        IPage page = await furnished.OpenAsync();
        await page.GotoAsync("/visits");

        await PressAsync(page, "Tab", "Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "The newest name is wrong" })).ToBeFocusedAsync();
        await PressAsync(page, "Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "It is Ben" })).ToBeFocusedAsync();
        await PressAsync(page, "Enter");

        await Expect(page.Locator("#status")).ToHaveTextAsync("Ben has one more picture.");
        await Expect(page.GetByText("You said: it was not Anna.")).ToBeVisibleAsync();
        Assert.Equal(4, _pressed);
        await TakeBackAsync(page, "You said: it was Ben.");
        await TakeBackAsync(page, "You said: it was not Anna.");
        await page.Context.CloseAsync();
    }

    [ProgramFact(Chromium.Program, "chromium")]
    public async Task A_stranger_is_named_with_four_keys_and_their_name()
    {
        IPage page = await furnished.OpenAsync();
        Ear ear = await Ear.AtAsync(page);
        await page.GotoAsync("/review");

        await ear.PressAsync("Tab");
        await ear.TypeAsync("Enter");
        await ear.PressAsync("Tab");
        await Expect(page.Locator("#name-1")).ToBeFocusedAsync();
        await ear.TypeAsync("Clara");
        await ear.TypeAsync("Enter");

        await Expect(page.Locator("#status")).ToContainTextAsync("From now on Clara is known, by 2 pictures.");
        // Four keys and the name.
        await AriaSnapshots.AssertAsync(ear.Heard, "heard-while-a-group-is-named.txt");
        await TakeBackAsync(page, "2 pictures: it is Clara.");
        await page.GotoAsync("/people");
        await Expect(page.GetByText("Clara")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    /// <summary>A page that has a script of its own beside that of every page sends its forms all the same.</summary>
    [ProgramFact(Chromium.Program, "chromium")]
    public async Task The_door_is_asked_from_the_page_that_shows_it()
    {
        IPage page = await furnished.OpenAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("Speak this at the door").FillAsync("Dinner is ready.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Speak", Exact = true }).PressAsync("Enter");
        await Expect(page.Locator("#status")).ToHaveTextAsync("The door says: Dinner is ready.");
        Assert.Equal(1, await page.EvaluateAsync<int>(
            "performance.getEntriesByType('resource').filter(one => one.name.includes('/page.js')).length"));
        await page.Context.CloseAsync();
    }

    private static async Task TakeBackAsync(IPage page, string said)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Take it back: {said}" }).ClickAsync();
        await Expect(page.Locator("#status")).ToContainTextAsync("Taken back");
    }

    private async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (string key in keys)
        {
            _pressed++;
            await page.Keyboard.PressAsync(key);
        }
    }
}
