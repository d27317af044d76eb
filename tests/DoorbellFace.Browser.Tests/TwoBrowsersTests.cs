using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>Two people at the same page, each in a browser of their own: what one has done, the other learns in words.</summary>
[Collection(nameof(FurnishedPage))]
public sealed class TwoBrowsersTests(FurnishedPage furnished)
{
    private const string Name = Chromium.Program, Package = "chromium", Status = "#status", Trouble = "#trouble";

    [ProgramFact(Name, Package)]
    public async Task A_visit_is_corrected_in_both_and_taken_back_once()
    {
        string visit = $"/visits/{furnished.House.Mistaken}";
        (IPage one, IPage other) = (await OpenAsync(visit), await OpenAsync(visit));
        await PressAsync(one, "It is Ben");
        await Expect(one.Locator(Status)).ToHaveTextAsync("Ben has one more picture.");
        // What the other still shows is from before that.
        await PressAsync(other, "It is Ben");
        await Expect(other.Locator(Status)).ToHaveTextAsync("Ben is known by these pictures already.");
        await Expect(other.GetByText("You said: it was Ben.")).ToHaveCountAsync(1);

        await PressAsync(one, "Take it back: You said: it was Ben.");
        await Expect(one.Locator(Status)).ToContainTextAsync("Taken back");
        await PressAsync(other, "Take it back: You said: it was Ben.");
        await Expect(other.Locator(Trouble)).ToHaveTextAsync("!That has been taken back already.");
        await Expect(other.Locator(Trouble)).ToBeFocusedAsync();
        await PressAsync(other, "Take it back: You said: it was not Anna.");
        await Expect(other.Locator(Status)).ToContainTextAsync("Taken back");
        await CloseAsync(one, other);
    }

    [ProgramFact(Name, Package)]
    public async Task A_stranger_is_named_in_one_while_the_other_still_asks()
    {
        (IPage one, IPage other) = (await OpenAsync("/review"), await OpenAsync("/review"));
        await NameFirstAsync(one, "Clara");
        await Expect(one.Locator(Status)).ToHaveTextAsync("From now on Clara is known, by 2 pictures.");
        await NameFirstAsync(other, "Clara");
        await Expect(other.Locator(Trouble)).ToHaveTextAsync(
            "!Something was said of these pictures already, perhaps in another window. Take that back first.");
        await Expect(other.GetByText("2 pictures: it is Clara.")).ToHaveCountAsync(1);

        await PressAsync(other, "Take it back: 2 pictures: it is Clara.");
        await Expect(other.Locator(Status)).ToContainTextAsync("Taken back");
        // With it all that was learnt went.
        await other.GotoAsync("/people");
        await Expect(other.GetByText("Clara")).ToHaveCountAsync(0);
        await CloseAsync(one, other);
    }

    private static async Task NameFirstAsync(IPage page, string name)
    {
        await page.Locator("#name-1").FillAsync(name);
        await page.Locator("#name-1").PressAsync("Enter");
    }

    private static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task CloseAsync(params IPage[] pages)
    {
        foreach (IPage page in pages) await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string address)
    {
        IPage page = await furnished.OpenAsync();
        await page.GotoAsync(address);
        return page;
    }
}
