using DoorbellFace.Simulation.Drawing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// Somebody who opens the page for the first time and does not see it: from the first run to a stranger who is named, by keyboard alone.
/// What is heard, and where each Tab leads, is committed. Pages that are still empty are looked at on the way, and at the end the program
/// is started again under the open page.
/// </summary>
public sealed class NewcomerTests
{
    private const string Status = "#status", State = "[data-fact=state]";

    /// <summary>Tabs that are tried before somebody gives up.</summary>
    private const int MostTabs = 40;

    private readonly List<string> _wrong = [];

    [ProgramFact(Chromium.Program, "chromium")]
    public async Task From_the_first_run_to_a_stranger_who_is_named_and_over_a_new_start_of_the_program()
    {
        await using DoorWithPage door = await DoorWithPage.StartAsync();
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.OpenAsync(door.Address);
        Ear ear = await Ear.AtAsync(page);

        await page.GotoAsync("/");
        await LookAsync(page, "welcome");
        await ear.TabToAsync("New password", MostTabs);
        await ear.TypeAsync(DoorWithPage.Password);
        await EnterAsync(page, ear, "The password is set.");
        await EmptyPagesAsync(page);

        await GoAsync(page, ear, "People");
        await SkipAsync(ear);
        await ear.TabToAsync("Name", MostTabs);
        await ear.TypeAsync("Ben");
        await ear.TabToAsync("Photos", MostTabs);
        IFileChooser chooser = await ChooseFilesAsync(page, ear);
        await chooser.SetFilesAsync(door.Photos(DrawnFamily.Ben, 4, 42_000_000));
        await ear.TabToAsync("Learn these photos", MostTabs);
        await EnterAsync(page, ear, "From now on Ben is known, by 4 pictures.");

        await GoAsync(page, ear, "Now");
        await RingAsync(door, page, DrawnFamily.Anna, 40_000_010, "Someone I don't know is at the door.");
        await GoAsync(page, ear, "To review");
        await SkipAsync(ear);
        await ear.TabToAsync("Who is this? Name:", MostTabs);
        await ear.TypeAsync("Anna");
        await EnterAsync(page, ear, "From now on Anna is known, by one picture.");
        await GoAsync(page, ear, "Now");
        await RingAsync(door, page, DrawnFamily.Anna, 40_000_010, "Anna is at the door.");
        string heard = ear.Heard;

        await StartAgainAsync(door, page);
        if (await AriaSnapshots.ComplaintAsync(heard, "heard-by-a-newcomer.txt") is { } complaint) _wrong.Add(complaint);
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
        Assert.Empty(chromium.Complaints);
    }

    /// <summary>A busy Chromium without a window opens nothing, now and then, at the first Enter.</summary>
    private static async Task<IFileChooser> ChooseFilesAsync(IPage page, Ear ear)
    {
        try
        {
            return await page.RunAndWaitForFileChooserAsync(() => ear.TypeAsync("Enter"), new() { Timeout = 15_000 });
        }
        catch (TimeoutException)
        {
            return await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"));
        }
    }

    private static async Task SkipAsync(Ear ear)
    {
        await ear.TabToAsync("Skip to the content", most: 1);
        await ear.TypeAsync("Enter");
    }

    /// <summary>Goes to a page of the menu.</summary>
    private static async Task GoAsync(IPage page, Ear ear, string name)
    {
        await ear.TabToAsync(name, MostTabs);
        await TurnAsync(page, ear);
    }

    /// <summary>Presses Enter, and waits for the page that comes.</summary>
    private static async Task TurnAsync(IPage page, Ear ear)
    {
        await page.EvaluateAsync("() => { window.isBefore = true; }");
        await ear.TypeAsync("Enter");
        await page.WaitForFunctionAsync("() => !window.isBefore && document.readyState === 'complete'");
    }

    /// <summary>Sends a form.</summary>
    private static async Task EnterAsync(IPage page, Ear ear, string comesTo)
    {
        await TurnAsync(page, ear);
        await Expect(page.Locator(Status)).ToHaveTextAsync(comesTo);
    }

    private static async Task RingAsync(DoorWithPage door, IPage page, FamilyMember member, int seed, string sentence)
    {
        await Expect(page.Locator(State)).ToHaveTextAsync("Nobody is at the door.");
        await door.BeginToRingAsync(member.Person, seed);
        await Expect(page.Locator(Status)).ToHaveTextAsync(sentence);
        await Expect(page.Locator(State)).ToHaveTextAsync(sentence);
        await door.LeaveAsync();
    }

    /// <summary>The page says that nothing answers, goes on by itself, and what was opened before can still be sent.</summary>
    private static async Task StartAgainAsync(DoorWithPage door, IPage page)
    {
        await door.KillAndStartAgainAsync(async () =>
        {
            await Expect(page.Locator(Status)).ToHaveTextAsync("This page has lost the doorbell's program. It keeps trying.");
            await Expect(page.Locator(State)).ToHaveTextAsync("This page has lost the doorbell's program. It keeps trying.");
        });
        await Expect(page.Locator(State)).ToHaveTextAsync("Nobody is at the door.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say again" }).PressAsync("Enter");
        await Expect(page.Locator(Status)).ToHaveTextAsync("Nothing has been said of a visitor yet.");
    }

    private async Task EmptyPagesAsync(IPage page)
    {
        IPage beside = await page.Context.NewPageAsync();
        foreach ((string name, string address) in ((string, string)[])[("now", "/"), ("visits", "/visits"), ("review", "/review"),
            ("people", "/people"), ("people-check", "/people/check"), ("model", "/model"), ("audit", "/audit")])
        {
            await AccessibilityTests.OpenAsync(beside, address);
            await LookAsync(beside, $"{name}-empty");
        }
        await beside.CloseAsync();
        await page.BringToFrontAsync();
    }

    private async Task LookAsync(IPage page, string name)
    {
        if (await AriaSnapshots.ComplaintAsync(page, name) is { } complaint) _wrong.Add(complaint);
        await AccessibilityTests.LookAsync(page, (name, name), AccessibilityTests.Dresses, _wrong);
    }
}
