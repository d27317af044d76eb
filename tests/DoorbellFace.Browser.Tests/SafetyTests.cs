using System.Net;
using Microsoft.Playwright;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// What is not meant well is refused, with a sentence, and changes nothing. The requests are made by hand, as a browser would never make
/// them. Ten of each kind are in HostilePageTests, without the whole program; here is what needs it, or a browser.
/// </summary>
[Collection(nameof(FurnishedPage))]
public sealed class SafetyTests(FurnishedPage furnished)
{
    private const string Name = Chromium.Program, Package = "chromium";

    [ProgramFact(Name, Package)]
    public async Task Whoever_is_not_logged_in_sees_nothing()
    {
        using HttpClient stranger = furnished.Client(isLoggedIn: false);
        foreach (string place in (
            string[])["", "visits", "visits.csv", "visits/last", "visits/last/picture", "review", "people", "people/check", "settings",
            "now/picture", "now/events"])
        {
            using HttpResponseMessage answer = await stranger.GetAsync(place);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, $"{place}: {answer.StatusCode}");
            Assert.Equal("", await answer.Content.ReadAsStringAsync());
        }
    }

    [ProgramFact(Name, Package)]
    public async Task A_form_without_its_token_is_refused()
    {
        using HttpClient family = furnished.Client(isLoggedIn: true);
        foreach (string place in (
            string[])["people?handler=Enrol", "settings?handler=Voice", "settings?handler=Everywhere", "visits/last?handler=Delete",
            "review?handler=Name",
            "logout", "?handler=Ring"])
        {
            using HttpResponseMessage answer =
                await family.PostAsync(place, new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Eve" }));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("That cannot be understood.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [ProgramFact(Name, Package)]
    public async Task What_another_page_sends_is_refused_and_a_link_of_it_is_followed()
    {
        using HttpClient family = furnished.Client(isLoggedIn: true);
        family.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await family.PostAsync("people?handler=Enrol", new FormUrlEncodedContent([]))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await family.GetAsync("visits/last/picture")).StatusCode);

        family.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "navigate");
        family.DefaultRequestHeaders.Add("Sec-Fetch-Dest", "document");
        Assert.Equal(HttpStatusCode.OK, (await family.GetAsync("visits")).StatusCode);
    }

    [ProgramFact(Name, Package)]
    public async Task What_is_no_picture_or_far_too_large_a_one_is_not_taken_and_leaves_nothing()
    {
        IPage page = await furnished.OpenAsync();
        IReadOnlyList<string> before = furnished.Door.Files;
        foreach ((byte[] content, string reason) in (
            (byte[], string)[])[("<svg onload=alert(1)>"u8.ToArray(), "holds no whole picture"), (Claiming(60_000), "x.png: The file")])
        {
            await page.GotoAsync("/people");
            await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Eve");
            await page.GetByLabel("Photos", new() { Exact = true })
                .SetInputFilesAsync(new FilePayload { Name = "x.png", MimeType = "image/png", Buffer = content });
            await page.GetByRole(AriaRole.Button, new() { Name = "Learn these photos" }).ClickAsync();
            await Assertions.Expect(page.Locator("#trouble")).ToContainTextAsync("No usable picture of Eve; nothing was saved.");
            await Assertions.Expect(page.Locator("main li", new() { HasText = reason })).ToHaveCountAsync(1);
        }
        await page.Context.CloseAsync();
        Assert.Equal(before, furnished.Door.Files);
    }

    [ProgramFact(Name, Package)]
    public async Task No_archive_that_means_no_good_is_taken_and_none_leaves_anything()
    {
        using HttpClient family = furnished.Client(isLoggedIn: true);
        IReadOnlyList<string> before = furnished.Door.Files;
        foreach ((string kind, (byte[] content, string reason)) in HostileArchives.All)
        {
            string said = WebUtility.HtmlDecode(await FamilyForm.SendAsync(family, "Eve", "photos.zip", content));
            Assert.True(said.Contains(reason, StringComparison.Ordinal), $"{kind}: {said}");
            Assert.True(before.SequenceEqual(furnished.Door.Files), kind);
        }
        Assert.DoesNotContain("Eve", await family.GetStringAsync("people"), StringComparison.Ordinal);
    }

    /// <summary>While a large form comes, and when its program is killed, nothing of it lies anywhere.</summary>
    [ProgramFact(Name, Package)]
    public async Task Half_an_upload_lies_in_no_file()
    {
        using HttpClient family = furnished.Client(isLoggedIn: true);
        string token = PageForm.Token(await family.GetStringAsync("people"));
        IReadOnlyList<string> before = furnished.Door.Files;
        using var rest = new SemaphoreSlim(0);
        var halfSent = new TaskCompletionSource();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), PageForm.TokenField },
            { new StringContent("Eve"), "name" },
            { new HeldContent(new byte[3_000_000], halfSent, rest), "photos", "x.jpg" },
        };
        Task<HttpResponseMessage> sending = family.PostAsync("people?handler=Enrol", form);
        await halfSent.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // The server has read as much as fits into no buffer of the system's by now, or does so while this looks.
        for (int look = 0; look < 10; look++)
        {
            Assert.Equal(before, furnished.Door.Files);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
        rest.Release();
        using HttpResponseMessage answer = await sending;
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(before, furnished.Door.Files);
    }

    [ProgramFact(Name, Package)]
    public async Task Passwords_cannot_be_tried_one_after_another()
    {
        IPage page = await furnished.Chromium.OpenAsync(furnished.Door.Address);
        for (int i = 0; i < 6; i++)
        {
            await page.GotoAsync("/login");
            await page.GetByLabel("Password").FillAsync($"a wrong password {i}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Alert))
                .ToContainTextAsync(i < 5 ? "That is not the password." : "Too many tries.");
        }
        await page.GetByLabel("Password").FillAsync(DoorWithPage.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many tries.");
        await page.Context.CloseAsync();
    }

    /// <summary>A small file whose header claims so many columns and rows.</summary>
    private static byte[] Claiming(int edge)
    {
        byte[] png = [.. SmallPng.Bytes];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), edge);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), edge);
        return png;
    }
}
