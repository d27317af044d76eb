using System.Text.RegularExpressions;
using DoorbellFace.Host.Composition;
using DoorbellFace.Simulation.Drawing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>A model made by the real trainer, from the page.</summary>
public sealed partial class ModelTests
{
    private const string Status = "#status";

    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TrainerFact]
    public async Task A_family_makes_a_model_of_its_own_compares_uses_it_and_goes_back()
    {
        await using DoorWithPage door = await DoorWithPage.StartAsync(door => FurnishedHouse.Make(door.DataFolder, door.Photos));
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.OpenAsync(door.Address);
        await page.GotoAsync("/");
        await page.GetByLabel("New password").FillAsync(DoorWithPage.Password);
        await PressAsync(page, "Set the password");
        var wrong = new List<string>();

        await page.GotoAsync("/model");
        await Expect(page.Locator("#build li")).ToHaveTextAsync(["Anna, 4 pictures", "Ben, 4 pictures"]);
        await CancelWithoutScriptsAsync(chromium, page, door);

        await BeginAsync(page);
        // How far it is, is heard as it goes on, in the page's own words.
        await Expect(page.Locator(Status)).ToContainTextAsync("of 7: ");
        await AccessibilityTests.LookAsync(page, ("model-busy", "/model"), AccessibilityTests.Dresses, wrong);
        // The trainer is of low priority: on a busy machine it waits for everything else.
        await Expect(page.Locator(Status)).ToHaveTextAsync("Done. Candidates can be compared.", new() { Timeout = 600_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Show what came of it" }).ClickAsync();

        ILocator compared = page.Locator("#candidates-title ~ table tbody tr");
        await Expect(compared).ToHaveCountAsync(3);
        await Expect(compared.First).ToContainTextAsync("100 %");
        await AccessibilityTests.OpenAsync(page, "/model");
        await AccessibilityTests.LookAsync(page, ("model-done", "/model"), AccessibilityTests.Dresses, wrong);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        // Both trainings are drawn, each with its two curves, and told in words.
        await Expect(page.Locator(".curve")).ToHaveCountAsync(4);
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = Rounds() })).ToHaveCountAsync(4);
        ILocator fineTuned = page.Locator(".candidate", new() { HasText = "trained further on your people" });
        await fineTuned.GetByRole(AriaRole.Button, new() { Name = "Use this one" }).ClickAsync();
        await Expect(page.Locator(Status)).ToHaveTextAsync("In use from the next ring on.");
        await Expect(page.Locator(".big")).ToContainTextAsync("trained further on your people. Made today");
        await Expect(page.Locator(".big")).ToContainTextAsync("learnt from: Anna, 4 pictures; Ben, 4 pictures.");
        await Expect(fineTuned).ToContainTextAsync("It is in use now.");
        await Expect(fineTuned.GetByRole(AriaRole.Button, new() { Name = "Use this one" })).ToHaveCountAsync(0);
        await door.RingAsync(DrawnFamily.Anna.Person, 40_000_010);
        await page.GotoAsync("/visits");
        await Expect(page.Locator(".card h3").First).ToHaveTextAsync("Anna");

        await page.GotoAsync("/model");
        await PressAsync(page, "Use the one that comes with the program");
        await Expect(page.Locator(".big")).ToHaveTextAsync("The one that comes with the program.");

        await BeginAsync(page);
        int[] trainers = await UntilAsync(() => Trainers(door.DataFolder) is { Length: > 0 } some ? some : null);
        // The program is killed: the trainer notices it, and the next program says what happened.
        await door.KillAndStartAgainAsync(async () =>
            await UntilAsync(() => Trainers(door.DataFolder).Intersect(trainers).Any() ? null : trainers));
        await page.GotoAsync("/model");
        await Expect(page.Locator("#build")).ToContainTextAsync("was cut off: the program ended under it. Nothing has changed.");
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(door.DataFolder, "build"), "*.png", SearchOption.AllDirectories));
        Assert.Empty(chromium.Complaints);
    }

    private static async Task CancelWithoutScriptsAsync(Chromium chromium, IPage loggedIn, DoorWithPage door)
    {
        string state = await loggedIn.Context.StorageStateAsync();
        IPage page = await chromium.OpenAsync(door.Address, options =>
        {
            options.JavaScriptEnabled = false;
            options.StorageState = state;
        });
        await BeginAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "How far is it now?" }).ClickAsync();
        await PressAsync(page, "Cancel");
        await Expect(page.Locator(Status)).ToHaveTextAsync("Cancelled. Nothing has changed.");
        Assert.Empty(Trainers(door.DataFolder));
        await page.Context.CloseAsync();
    }

    private static async Task BeginAsync(IPage page)
    {
        await page.GotoAsync("/model");
        await page.GetByLabel("Minutes for the training").FillAsync("1");
        await PressAsync(page, "Begin");
        await Expect(page.Locator(Status)).ToHaveTextAsync("Begun. You can leave this page; it goes on.");
    }

    private static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>The processes that make models of this data folder now.</summary>
    private static int[] Trainers(string dataFolder) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out int id) ? id : 0)
            .Where(id => id > 0 && CommandOf(id).Contains("build-model", StringComparison.Ordinal)
                && CommandOf(id).Contains(dataFolder, StringComparison.Ordinal)),
    ];

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    private static async Task<T> UntilAsync<T>(Func<T?> there) where T : class
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            if (there() is { } found) return found;
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    [GeneratedRegex(@"^(Loss|Right) (over \d+ rounds|after the only round)")]
    private static partial Regex Rounds();

    /// <summary>Needs the browser and the trainer, which another project builds.</summary>
    private sealed class TrainerFactAttribute : ProgramFactAttribute
    {
        public TrainerFactAttribute() : base(Chromium.Program, "chromium")
        {
            if (Skip is null && TrainerProgram.Find() is null) Skip = "The trainer is not built: ./doorbell build training";
        }
    }
}
