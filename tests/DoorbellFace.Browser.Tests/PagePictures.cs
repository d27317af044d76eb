using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Composition;
using DoorbellFace.Simulation.Drawing;
using ImageMagick;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// Makes the pictures of the documents: a house with a family and a few days of visits, a model of its own, somebody at the door and
/// somebody who is enrolled there, all by the real program. Everybody is drawn. Only where DOORBELLFACE_PAGE_PICTURES names a folder for
/// them: <c>docs/pictures/make</c> does.
/// </summary>
public sealed class PagePictures
{
    private const int Tall = 900, Narrow = 390;

    private static string? Folder => Environment.GetEnvironmentVariable("DOORBELLFACE_PAGE_PICTURES");

    [PicturesFact]
    public async Task The_pictures_of_the_documents_are_made()
    {
        PersonId clara = default;
        VisitId mistaken = default;
        await using DoorWithPage door = await DoorWithPage.StartAsync(door => (clara, mistaken) = Furnish(door));
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.OpenAsync(door.Address);
        await page.GotoAsync("/");
        await page.GetByLabel("New password").FillAsync(DoorWithPage.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(door.Address.ToString());

        await TakeAsync(page, "visits", "/visits");
        await TakeAsync(page, "visits-hebrew", "/visits", "he");
        await TakeAsync(page, "visit", $"/visits/{mistaken}", height: 1200);
        await TakeAsync(page, "review", "/review", height: 1150);
        await TakeAsync(page, "review-german", "/review", "de", height: 1150);
        await TakeAsync(page, "people-dark", "/people", colors: ColorScheme.Dark);
        await TakeAsync(page, "person", $"/people/{clara}", height: 1100);
        await TakeAsync(page, "join-dark", $"/people/{clara}/join?into=Ben", colors: ColorScheme.Dark, height: 700);
        await TakeAsync(page, "check", "/people/check");
        await TakeAsync(page, "split-narrow", $"/people/{clara}/split", width: Narrow, height: 844);

        await AtTheDoorAsync(door, page);
        await CoachAsync(door, page);
        await ModelAsync(page);
        Assert.Empty(chromium.Complaints);
    }

    private static async Task AtTheDoorAsync(DoorWithPage door, IPage page)
    {
        await page.GotoAsync("/");
        await page.Locator("#pause").ClickAsync();
        await page.Locator("#live[data-drawn]").WaitForAsync();
        // Painted with the box around the face.
        Task<IResponse> found = page.WaitForResponseAsync(response => response.Headers.GetValueOrDefault("x-faces") is { Length: > 0 });
        await door.BeginToRingAsync(DrawnFamily.Anna.Person, 40_000_010);
        await found;
        await page.Locator("#pause").ClickAsync();
        await Expect(page.Locator("[data-fact=state]")).ToHaveTextAsync("Anna is at the door.");
        await ShootAsync(page, "now", Chromium.UsualWidth, 745, ColorScheme.Light);
        await ShootAsync(page, "now-narrow", Narrow, 844, ColorScheme.Light);
        await door.LeaveAsync();
    }

    private static async Task CoachAsync(DoorWithPage door, IPage page)
    {
        door.Show(DrawnFamily.David.Person, 44_000_002);
        await page.GotoAsync("/people");
        await page.GetByLabel("Who stands there? Name:").FillAsync("David");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await Expect(page.Locator("#coach")).ToContainTextAsync("David");
        string first = await page.Locator("#coach").InnerTextAsync();
        await Expect(page.Locator("#coach")).Not.ToHaveTextAsync(first);
        await ShootAsync(page, "at-door", Chromium.UsualWidth, 480, ColorScheme.Light);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop, and learn nothing" }).ClickAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("Stopped. Nothing was learnt.");
    }

    private static async Task ModelAsync(IPage page)
    {
        await page.GotoAsync("/model");
        await page.GetByLabel("Minutes for the training").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin", Exact = true }).ClickAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("Done. Candidates can be compared.", new() { Timeout = 480_000 });
        await TakeAsync(page, "model", "/model", to: "#candidates-title", height: 1500);
        await TakeAsync(page, "model-mix-ups", "/model", to: "#candidate-2", height: 1000);
        await TakeAsync(page, "model-german", "/model", "de", to: "#candidate-1", height: 1000);
        await TakeAsync(page, "model-hebrew-dark", "/model", "he", ColorScheme.Dark, to: "#candidate-1", height: 1000);
        await TakeAsync(page, "model-narrow", "/model", width: Narrow, height: 844, to: "#candidate-1");
    }

    private static async Task TakeAsync(IPage page, string name, string address, string language = "en",
        ColorScheme colors = ColorScheme.Light, int width = Chromium.UsualWidth, int height = Tall, string? to = null)
    {
        await page.Context.AddCookiesAsync(
            [new Microsoft.Playwright.Cookie { Name = "doorbell-language", Value = language, Url = page.Url }]);
        await page.GotoAsync(address);
        await ShootAsync(page, name, width, height, colors, to);
        await page.Context.ClearCookiesAsync(new() { Name = "doorbell-language" });
    }

    /// <summary>A window as somebody would have it before them, with every picture in it painted.</summary>
    private static async Task ShootAsync(IPage page, string name, int width, int height, ColorScheme colors, string? to = null)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = colors });
        await page.SetViewportSizeAsync(width, height);
        if (to is not null) await page.Locator(to).EvaluateAsync("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 24)");
        await page.EvaluateAsync(
            """
            () => Promise.all([...document.images].map((image) => {
              image.loading = "eager";
              return image.decode().catch(() => {});
            }))
            """);
        Keep(await page.ScreenshotAsync(), name);
    }

    /// <summary>With a few colours, which makes the file small; nobody sees the difference.</summary>
    private static void Keep(byte[] screenshot, string name)
    {
        using var picture = new MagickImage(screenshot);
        picture.Quantize(new QuantizeSettings { Colors = 255, DitherMethod = DitherMethod.No });
        picture.Write(Path.Combine(Folder!, $"page-{name}.png"), MagickFormat.Png8);
    }

    /// <summary>Three people are enrolled; a fourth, and somebody else, have rung and are not known. One visit was taken wrongly.</summary>
    private static (PersonId Clara, VisitId Mistaken) Furnish(DoorWithPage door)
    {
        using var furnishing = new Furnishing(door.DataFolder);
        PersonId anna = Enrol(DrawnFamily.Anna, 9, 41_000_000), ben = Enrol(DrawnFamily.Ben, 9, 42_000_000),
            clara = Enrol(DrawnFamily.Clara, 9, 43_000_000);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DrawnPerson postman = DrawnPerson.FromSeed(5);
        Keep(74.2, VisitOutcome.Known, DrawnFamily.Ben.Person, 40_000_013, (ben, "Ben"));
        Keep(50.6, VisitOutcome.Unknown, DrawnFamily.David.Person, 3);
        Keep(49.1, VisitOutcome.Known, DrawnFamily.Anna.Person, 40_000_015, (anna, "Anna"));
        Keep(27.4, VisitOutcome.Unknown, postman, 21);
        Keep(26.2, VisitOutcome.Unknown, DrawnFamily.David.Person, 44_000_001);
        Keep(25.9, VisitOutcome.Known, DrawnFamily.Clara.Person, 43_100_002, (clara, "Clara"));
        Keep(6.3, VisitOutcome.NoFace, person: null, seed: 0);
        Keep(5.1, VisitOutcome.Unknown, DrawnFamily.David.Person, 44_000_004);
        Keep(3.2, VisitOutcome.Uncertain, DrawnFamily.Anna.Person, 40_000_014, (anna, "Anna"));
        VisitId mistaken = Keep(0.8, VisitOutcome.Known, DrawnFamily.Clara.Person, 43_100_005, (anna, "Anna"));
        return (clara, mistaken);

        PersonId Enrol(FamilyMember member, int count, int seed) => furnishing.Enrol(member, door.Photos(member, count, seed));

        VisitId Keep(double hoursAgo, VisitOutcome outcome, DrawnPerson? person, int seed, (PersonId Id, string Name)? who = null) =>
            furnishing.Keep(now.AddHours(-hoursAgo), outcome, person is null ? null : DoorWithPage.Picture(person, seed), frames: (7, 6),
                likeness: outcome == VisitOutcome.Known ? (0.62f, 0.41f) : (0.27f, 0.1f), who);
    }

    /// <summary>It makes files: only where somebody asks for them.</summary>
    private sealed class PicturesFactAttribute : ProgramFactAttribute
    {
        public PicturesFactAttribute() : base(Chromium.Program, "chromium")
        {
            if (Skip is null && string.IsNullOrEmpty(Folder)) Skip = "It makes the pictures of the documents: docs/pictures/make";
            else if (Skip is null && TrainerProgram.Find() is null) Skip = "The trainer is not built: ./doorbell build training";
        }
    }
}
