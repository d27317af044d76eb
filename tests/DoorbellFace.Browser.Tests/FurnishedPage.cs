using DoorbellFace.Simulation.Drawing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>The tests that share one.</summary>
[CollectionDefinition(nameof(FurnishedPage))]
public sealed class FurnishedPageTests : ICollectionFixture<FurnishedPage>;

/// <summary>A page with a password, two people and three visits, for tests that look and change nothing.</summary>
public sealed class FurnishedPage : IAsyncLifetime
{
    private DoorWithPage? _door;
    private Chromium? _chromium;
    private string _state = "";

    internal DoorWithPage Door => _door!;

    internal Chromium Chromium => _chromium!;

    /// <summary>A browser that is logged in.</summary>
    internal Task<IPage> OpenAsync(Action<BrowserNewContextOptions>? change = null) => Chromium.OpenAsync(Door.Address, options =>
    {
        options.StorageState = _state;
        change?.Invoke(options);
    });

    /// <summary>Nothing where there is no browser: then every test is skipped.</summary>
    public async Task InitializeAsync()
    {
        if (new ProgramFactAttribute(Chromium.Program, "chromium").Skip is not null) return;
        _door = await DoorWithPage.StartAsync();
        _chromium = await Chromium.StartAsync();
        IPage page = await Chromium.OpenAsync(Door.Address);
        await page.GotoAsync("/");
        await page.GetByLabel("New password").FillAsync(DoorWithPage.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        foreach ((FamilyMember member, int seed) in ((FamilyMember, int)[])[(DrawnFamily.Anna, 41_000_000), (DrawnFamily.Ben, 42_000_000)])
        {
            await page.GotoAsync("/people");
            await page.GetByLabel("Name", new() { Exact = true }).FillAsync(member.Name);
            await page.GetByLabel("Photos", new() { Exact = true }).SetInputFilesAsync(Door.Photos(member, 4, seed));
            await page.GetByRole(AriaRole.Button, new() { Name = "Learn these photos" }).ClickAsync();
            await Expect(page.Locator("#status")).ToContainTextAsync($"From now on {member.Name} is known");
        }
        _state = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        await Door.RingAsync(DrawnFamily.Ben.Person, 40_000_012);
        await Door.RingAsync(DrawnStrangers.Visitor(0), 40_000_011);
        await Door.RingAsync(DrawnFamily.Anna.Person, 40_000_010);
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        if (_door is not null) await _door.DisposeAsync();
    }
}
