using System.Net;
using Microsoft.Playwright;

namespace DoorbellFace.Browser.Tests;

/// <summary>The tests that share one.</summary>
[CollectionDefinition(nameof(FurnishedPage))]
public sealed class FurnishedPageTests : ICollectionFixture<FurnishedPage>;

/// <summary>
/// A page with a password over a <see cref="FurnishedHouse"/>, and a browser. Tests that share it take back what they do, so that each
/// finds it as it was.
/// </summary>
public sealed class FurnishedPage : IAsyncLifetime
{
    private DoorWithPage? _door;
    private Chromium? _chromium;
    private string _state = "";
    private BrowserContextCookiesResult[] _cookies = [];

    internal DoorWithPage Door => _door!;

    internal Chromium Chromium => _chromium!;

    internal FurnishedHouse House { get; private set; } = null!;

    /// <summary>A browser that is logged in.</summary>
    internal Task<IPage> OpenAsync(Action<BrowserNewContextOptions>? change = null) => Chromium.OpenAsync(Door.Address, options =>
    {
        options.StorageState = _state;
        change?.Invoke(options);
    });

    /// <summary>A client without a browser, with the cookies of one that is logged in.</summary>
    internal HttpClient Client(bool isLoggedIn)
    {
        var cookies = new CookieContainer();
        foreach (BrowserContextCookiesResult cookie in isLoggedIn ? _cookies : [])
            cookies.Add(new System.Net.Cookie(cookie.Name, cookie.Value, "/", "localhost"));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        return new HttpClient(handler) { BaseAddress = Door.Address };
    }

    /// <summary>Nothing where there is no browser: then every test is skipped.</summary>
    public async Task InitializeAsync()
    {
        if (new ProgramFactAttribute(Chromium.Program, "chromium").Skip is not null) return;
        _door = await DoorWithPage.StartAsync(door => House = FurnishedHouse.Make(door.DataFolder, door.Photos));
        _chromium = await Chromium.StartAsync();
        IPage page = await Chromium.OpenAsync(Door.Address);
        await page.GotoAsync("/");
        await page.GetByLabel("New password").FillAsync(DoorWithPage.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await page.WaitForURLAsync(Door.Address.ToString());
        _state = await page.Context.StorageStateAsync();
        _cookies = [.. await page.Context.CookiesAsync()];
        await page.Context.CloseAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        if (_door is not null) await _door.DisposeAsync();
    }
}
