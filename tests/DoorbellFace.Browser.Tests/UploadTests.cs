using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DoorbellFace.Browser.Tests;

/// <summary>Photos in an archive and in a folder.</summary>
[Collection(nameof(FurnishedPage))]
public sealed class UploadTests(FurnishedPage furnished)
{
    private const string Name = Chromium.Program, Package = "chromium", Status = "#status";

    [ProgramFact(Name, Package)]
    public async Task An_archive_with_a_photo_of_two_asks_who_is_meant_and_learns_that_face()
    {
        IPage page = await furnished.OpenAsync();
        IReadOnlyList<string> before = furnished.Door.Files;
        await SendAsync(page, HostileArchives.Of(
            ("one.png", Png(FurnishedHouse.Clara, 43_000_001)), ("two.png", Png(FurnishedHouse.Clara, 43_000_002)), ("both.png", Both())));
        await Expect(page.Locator("legend")).ToHaveTextAsync("both.png: who is Clara?");
        var wrong = new List<string>();
        await AccessibilityTests.LookAsync(page, ("photos-asking", "/people/photos"), AccessibilityTests.Dresses, wrong);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        await page.GetByLabel("Face 1 of 2, from the left").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Learn these photos" }).ClickAsync();
        await Expect(page.Locator(Status)).ToHaveTextAsync("From now on Clara is known, by 3 pictures.");
        Assert.Equal(before, furnished.Door.Files);
        await DeleteClaraAsync(page);
    }

    /// <summary>The process that reads the pictures is held, so that they are being looked at until everything has been examined.</summary>
    [ProgramFact(Name, Package)]
    public async Task While_photos_are_looked_at_nothing_is_wrong_and_they_can_be_stopped()
    {
        IPage page = await furnished.OpenAsync();
        IReadOnlyList<string> before = furnished.Door.Files;
        Task<int> holding = HoldReaderAsync();
        await SendAsync(page, HostileArchives.Of(
            Enumerable.Range(0, 12).Select(number => ($"{number}.png", Png(FurnishedHouse.Clara, 43_000_010 + number)))));
        int reader = await holding;
        await Expect(page.Locator("h1")).ToHaveTextAsync("Photos of Clara");
        var wrong = new List<string>();
        await AccessibilityTests.LookAsync(page, ("photos-busy", "/people/photos"), AccessibilityTests.Dresses[..4], wrong);

        Task stopping = page.GetByRole(AriaRole.Button, new() { Name = "Stop, and learn nothing" }).ClickAsync();
        LinuxProcess.Signal(reader, "CONT");
        await stopping;
        await Expect(page.Locator(Status)).ToHaveTextAsync("Stopped. Nothing was learnt.");
        Assert.Equal(before, furnished.Door.Files);
        await page.Context.CloseAsync();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Without scripts a page says how far it is when it is asked.</summary>
    [ProgramFact(Name, Package)]
    public async Task A_folder_is_learnt_without_scripts()
    {
        IPage page = await furnished.OpenAsync(options => options.JavaScriptEnabled = false);
        using var folder = new TemporaryFolder();
        foreach (int seed in (int[])[43_000_001, 43_000_002])
            await File.WriteAllBytesAsync(folder[$"{seed}.png"], Png(FurnishedHouse.Clara, seed));
        await page.GotoAsync("/people");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Clara");
        await page.GetByLabel("Or a whole folder").SetInputFilesAsync(folder.Root);
        await page.GetByRole(AriaRole.Button, new() { Name = "Learn these photos" }).ClickAsync();
        ILocator more = page.GetByRole(AriaRole.Link, new() { Name = "How far is it now?" });
        while (await more.CountAsync() > 0) await more.ClickAsync();
        await Expect(page.Locator(Status)).ToHaveTextAsync("From now on Clara is known, by 2 pictures.");
        await DeleteClaraAsync(page);
    }

    private async Task<int> HoldReaderAsync()
    {
        int reader = 0;
        await LinuxProcess.UntilAsync(() => furnished.Door.Children is [var first, ..] && (reader = first) > 0);
        await LinuxProcess.HoldAsync(reader);
        return reader;
    }

    private static async Task SendAsync(IPage page, byte[] archive)
    {
        await page.GotoAsync("/people");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Clara");
        await page.GetByLabel("Photos", new() { Exact = true })
            .SetInputFilesAsync(new FilePayload { Name = "clara.zip", MimeType = "application/zip", Buffer = archive });
        await page.GetByRole(AriaRole.Button, new() { Name = "Learn these photos" }).ClickAsync();
    }

    private static async Task DeleteClaraAsync(IPage page)
    {
        await page.GotoAsync("/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clara", Exact = true }).ClickAsync();
        await page.Locator("summary", new() { HasText = "Delete Clara" }).ClickAsync();
        await page.GetByLabel("Their visits go as well").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(page.Locator(Status)).ToHaveTextAsync("Clara is deleted.");
        await page.Context.CloseAsync();
    }

    private static byte[] Png(FamilyMember member, int seed) => PictureFile.EncodePng(DoorWithPage.Picture(member.Person, seed));

    /// <summary>Clara on the left, David on the right.</summary>
    private static byte[] Both()
    {
        PixelBuffer left = PixelConversion.ToGray8(DoorWithPage.Picture(FurnishedHouse.Clara.Person, 43_000_003));
        PixelBuffer right = PixelConversion.ToGray8(DoorWithPage.Picture(DrawnFamily.David.Person, 44_000_001));
        var pixels = new byte[2 * left.Width * left.Height];
        for (int row = 0; row < left.Height; row++)
        {
            left.Row(row).CopyTo(pixels.AsSpan(2 * row * left.Width));
            right.Row(row).CopyTo(pixels.AsSpan((2 * row * left.Width) + left.Width));
        }
        return PictureFile.EncodePng(new PixelBuffer(2 * left.Width, left.Height, PixelFormat.Gray8, pixels));
    }
}
