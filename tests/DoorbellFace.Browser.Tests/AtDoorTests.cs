using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>Somebody who stands at the door is enrolled there, and the page follows.</summary>
[Collection(nameof(FurnishedPage))]
public sealed class AtDoorTests(FurnishedPage furnished)
{
    private const string Name = Chromium.Program, Package = "chromium", Status = "#status", AtDoor = "/people/door";

    /// <summary>The whole of it is tried at the door itself; here, that the page follows and stops it.</summary>
    [ProgramFact(Name, Package)]
    public async Task What_the_coach_says_at_the_door_is_read_and_heard_on_the_page_until_it_is_stopped()
    {
        IPage page = await furnished.OpenAsync();
        await BeginAsync(page, "Clara");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Clara at the door");
        await Expect(page.Locator("#coach")).ToContainTextAsync("Clara");
        var wrong = new List<string>();
        // Nobody stands there: the next sentence says so, and is heard.
        string first = await page.Locator("#coach").InnerTextAsync();
        await Expect(page.Locator("#coach")).Not.ToHaveTextAsync(first);
        await page.WaitForFunctionAsync(
            "document.getElementById('status').textContent === document.getElementById('coach').textContent");

        // It stays where it can be read, and is heard once.
        await page.EvaluateAsync("document.getElementById('status').textContent = ''");
        if (await AriaSnapshots.ComplaintAsync(page, "at-door") is { } complaint) wrong.Add(complaint);
        await AccessibilityTests.LookAsync(page, ("at-door", AtDoor), AccessibilityTests.Dresses, wrong);

        // In another browser it is followed as well, and nobody else is begun with.
        IPage other = await furnished.OpenAsync();
        await BeginAsync(other, "David");
        await Expect(other.Locator("#trouble")).ToHaveTextAsync("!Somebody is being enrolled at the door already.");
        await Expect(other.Locator("#trouble")).ToBeFocusedAsync();
        await AccessibilityTests.LookAsync(other, ("people-after-a-mistake", "/people"), AccessibilityTests.Dresses, wrong);
        await other.GotoAsync(AtDoor);
        await Expect(other.Locator("h1")).ToHaveTextAsync("Clara at the door");

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop, and learn nothing" }).ClickAsync();
        await Expect(page.Locator(Status)).ToHaveTextAsync("Stopped. Nothing was learnt.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Clara" })).ToHaveCountAsync(0);
        await Expect(other.Locator(Status)).ToHaveTextAsync("Stopped. Nothing was learnt.");
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task BeginAsync(IPage page, string name)
    {
        await page.GotoAsync("/people");
        await page.GetByLabel("Who stands there? Name:").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
    }
}
