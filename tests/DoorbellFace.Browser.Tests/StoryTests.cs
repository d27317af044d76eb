using System.Text;
using System.Text.RegularExpressions;
using DoorbellFace.Simulation.Drawing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// A family and its page, from the first run: the real program, the real networks, a virtual doorbell and the real browser.
/// </summary>
public sealed class StoryTests
{
    private const string Status = "#status", State = "[data-fact=state]";

    [ProgramFact(Chromium.Program, "chromium")]
    public async Task A_family_sets_a_password_adds_somebody_sees_her_ring_corrects_a_mistake_and_deletes_somebody()
    {
        await using DoorWithPage door = await DoorWithPage.StartAsync();
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.OpenAsync(door.Address);

        await page.GotoAsync("/");
        await Expect(page).ToHaveURLAsync(new Uri(door.Address, "welcome").ToString());
        await page.GetByLabel("New password").FillAsync(DoorWithPage.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(page.Locator(State)).ToHaveTextAsync("Nobody is at the door.");
        // The live picture is painted, and the camera has been asked for it by this page.
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.Locator("canvas[aria-label='Nobody is at the door.']")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go on" })).ToBeFocusedAsync();

        await EnrolAsync(page, "Anna", door.Photos(DrawnFamily.Anna, 4, 41_000_000));
        await Expect(page.Locator(Status)).ToHaveTextAsync("From now on Anna is known, by 4 pictures.");

        Ear ear = await Ear.AtAsync(page);
        // The page listens when it has been answered; what happens before that it shows, and does not say.
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync("/"), new Regex("/now/events"));
        IPage late = await page.Context.NewPageAsync();
        var isLate = new TaskCompletionSource();
        await late.RouteAsync(new Regex("/now/events"), async route =>
        {
            await isLate.Task;
            await route.ContinueAsync();
        });
        await late.GotoAsync("/");
        await Expect(late.Locator(State)).ToHaveTextAsync("Nobody is at the door.");
        await door.BeginToRingAsync(DrawnFamily.Anna.Person, 40_000_010);
        await Expect(page.Locator(State)).ToHaveTextAsync("Anna is at the door.");
        await Expect(page.Locator(Status)).ToHaveTextAsync("Anna is at the door.");
        await AriaSnapshots.AssertAsync(ear.Heard, "heard-while-a-visitor-arrives.txt");
        // A page that has missed the ring says how it stands.
        isLate.SetResult();
        await Expect(late.Locator(Status)).ToHaveTextAsync("Anna is at the door.");
        await late.CloseAsync();
        await door.LeaveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Visits", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Anna is at the door." })).ToBeVisibleAsync();

        await PauseAsync(page, isPaused: true);
        await Expect(page.Locator(Status)).ToHaveTextAsync("Anna is paused: the doorbell does not know Anna for now.");
        await door.RingAsync(DrawnFamily.Anna.Person, 40_000_010);
        await page.GotoAsync("/visits");
        await Expect(page.Locator(".card h3").First).Not.ToHaveTextAsync("Anna");
        await PauseAsync(page, isPaused: false);
        await Expect(page.Locator(Status)).ToHaveTextAsync("The doorbell knows Anna again.");

        // Somebody mistook the photos: the doorbell takes Ben for Clara, until it is told.
        await EnrolAsync(page, "Clara", door.Photos(DrawnFamily.Ben, 4, 42_000_000));
        await JoinAndSeparateAsync(page);
        await door.RingAsync(DrawnFamily.Ben.Person, 40_000_012);
        await page.GotoAsync("/visits");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clara" }).ClickAsync();
        await page.GetByLabel("It is somebody else. Name:").FillAsync("Ben");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(Status)).ToContainTextAsync("From now on Ben is known, by one picture.");
        await Expect(page.GetByText("You said: it was Ben.")).ToBeVisibleAsync();
        await Expect(page.GetByText("You said: it was not Clara.")).ToBeVisibleAsync();

        await DeleteAsync(page, "Clara");
        // From one picture he is known as he stood there then.
        await door.RingAsync(DrawnFamily.Ben.Person, 40_000_012);
        await page.GotoAsync("/visits");
        await Expect(page.Locator(".card h3").First).ToHaveTextAsync("Ben");

        await DeleteAsync(page, "Anna");
        await page.GotoAsync("/visits");
        await Expect(page.GetByText("Anna")).ToHaveCountAsync(0);
        Assert.Empty(FilesWith(door.DataFolder, "Anna"));
        // What is looked for would be found if it were there.
        Assert.NotEmpty(FilesWith(door.DataFolder, "Ben"));
        Assert.Empty(chromium.Complaints);
        Assert.Equal(0, await door.StopAsync());
    }

    /// <summary>Clara is joined to Anna although the page says that they are not alike, and separated again as it suggests.</summary>
    private static async Task JoinAndSeparateAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Clara", Exact = true }).ClickAsync();
        await page.GetByLabel("The same person as").SelectOptionAsync("Anna");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look first" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("of Clara disagree: they do not look like Anna.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(page.Locator(Status)).ToHaveTextAsync("Clara and Anna are one person now.");
        await Expect(page.GetByText("8 pictures")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "See whether these are two people" }).ClickAsync();
        await Expect(page.GetByText("4 pictures are like each other and unlike the rest. They are ticked.")).ToBeVisibleAsync();
        await page.GetByLabel("Whose are the ticked ones? Name:").FillAsync("Clara");
        await page.GetByRole(AriaRole.Button, new() { Name = "Separate them" }).ClickAsync();
        await Expect(page.Locator(Status)).ToContainTextAsync("4 pictures belong to Clara now.");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Clara");
    }

    private static async Task EnrolAsync(IPage page, string name, string[] photos)
    {
        await page.GotoAsync("/people");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Photos", new() { Exact = true }).SetInputFilesAsync(photos);
        await page.GetByRole(AriaRole.Button, new() { Name = "Learn these photos" }).ClickAsync();
        await Expect(page.Locator(Status)).ToContainTextAsync($"From now on {name} is known");
    }

    private static async Task PauseAsync(IPage page, bool isPaused)
    {
        await page.GotoAsync("/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Anna", Exact = true }).ClickAsync();
        await page.GetByLabel("What this person agreed to").FillAsync("Anna said yes at dinner.");
        await page.GetByLabel("The doorbell does not know this person for now").SetCheckedAsync(isPaused);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
    }

    private static async Task DeleteAsync(IPage page, string name)
    {
        await page.GotoAsync("/people");
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await page.Locator("summary", new() { HasText = $"Delete {name}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(page.Locator(Status)).ToHaveTextAsync($"{name} is deleted.");
    }

    private static string[] FilesWith(string folder, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
        // The socket is no file, and the lock, which is empty, belongs to the program that runs.
        return [.. files.Where(path => Path.GetExtension(path) is not (".sock" or ".lock")).Where(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content.AsSpan().IndexOf(bytes) >= 0;
        })];
    }
}
