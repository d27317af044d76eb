using System.Net;
using System.Text;
using DoorbellFace.Application.Page;
using DoorbellFace.Web.Api;

namespace DoorbellFace.Web.Tests;

/// <summary>
/// Ten requests of each kind that mean no good, at the page's real host: each is refused with a sentence, and the data folder is afterwards
/// what it was before, byte for byte.
/// </summary>
/// <param name="hostile">The house.</param>
public sealed class HostilePageTests(HostileHouse hostile) : IClassFixture<HostileHouse>
{
    private const string NotFound = "There is no such page, or no longer.", NotUnderstood = "That cannot be understood.",
        TooLarge = "That is more than the page takes.";

    public static TheoryData<string> Slips =>
        [.. HostileArchives.All.Keys.Where(kind => kind.StartsWith("slip", StringComparison.Ordinal))];

    /// <summary>Whatever makes much of little, be it by growing or by number.</summary>
    public static TheoryData<string> Bombs => [.. HostileArchives.All.Keys.Where(kind =>
        kind.StartsWith("bomb", StringComparison.Ordinal) || kind.StartsWith("archive in", StringComparison.Ordinal)
            || kind.StartsWith("too many", StringComparison.Ordinal))];

    public static TheoryData<string> Pictures => [.. HostilePictures.All.Keys];

    [Fact]
    public void There_are_ten_of_each_kind()
    {
        Assert.Equal(10, Slips.Count);
        Assert.Equal(10, Bombs.Count);
        Assert.Equal(10, Pictures.Count);
    }

    [Theory]
    [InlineData("assets/../../../etc/passwd")]
    [InlineData("assets/..%2f..%2fetc%2fpasswd")]
    [InlineData("assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("assets/....//etc/passwd")]
    [InlineData("assets/..%5c..%5cpage%5ctokens.json")]
    [InlineData("visits/..%2f..%2fpeople.db/picture")]
    [InlineData("visits/%25/picture")]
    [InlineData("people/..%2f/pictures/x")]
    [InlineData("people/x/pictures/..%2f..%2fx")]
    [InlineData("people/photos/..%2f..%2fpage/0/0")]
    public async Task No_path_leads_out(string path)
    {
        IReadOnlyList<string> before = hostile.Everything;
        using HttpResponseMessage answer = await hostile.Family.GetAsync(new Uri(hostile.House.Address + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        await RefusedAsync(answer, before, [400, 404], NotFound, NotUnderstood);
    }

    [Theory]
    [MemberData(nameof(Slips))]
    [MemberData(nameof(Bombs))]
    public async Task No_archive_that_means_no_good_is_taken(string kind)
    {
        (byte[] content, string reason) = HostileArchives.All[kind];
        IReadOnlyList<string> before = hostile.Everything;
        string said = await hostile.EnrolAsync("photos.zip", content);
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.Equal(before, hostile.Everything);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task No_picture_that_asks_for_too_much_is_taken(string name)
    {
        IReadOnlyList<string> before = hostile.Everything;
        string said = await hostile.EnrolAsync(name, HostilePictures.All[name]);
        Assert.Contains("No usable picture of Eve; nothing was saved.", said, StringComparison.Ordinal);
        Assert.Contains($"{name}: The file ", said, StringComparison.Ordinal);
        Assert.Equal(before, hostile.Everything);
    }

    /// <summary>What another site can have the browser of somebody send who is logged in: their cookies come along.</summary>
    /// <param name="token">The form's token: none, wrong, of somebody who is not logged in, or the right one.</param>
    /// <param name="site">What the browser says of where the form comes from; null: it says nothing.</param>
    /// <param name="way">How else it differs from the page's own form.</param>
    [Theory]
    [InlineData("none", null, "")]
    [InlineData("empty", null, "")]
    [InlineData("cut off", null, "")]
    [InlineData("a stranger's", null, "")]
    [InlineData("right", null, "without the form's cookie")]
    [InlineData("right", null, "token in the address")]
    [InlineData("right", null, "as plain text")]
    [InlineData("right", "cross-site", "")]
    [InlineData("right", "same-site", "")]
    [InlineData("right", "cross-site", "as a navigation")]
    public async Task What_another_page_has_a_browser_send_changes_nothing(string token, string? site, string way)
    {
        string right = PageForm.Token(await hostile.Family.GetStringAsync("settings"));
        using HttpClient stranger = hostile.Client(new CookieContainer());
        string? sent = token switch
        {
            "none" => null,
            "empty" => "",
            "cut off" => right[..^10],
            "a stranger's" => PageForm.Token(await stranger.GetStringAsync("login")),
            _ => right,
        };
        IReadOnlyList<string> before = hostile.Everything;
        string sessions = hostile.House.Access.Sessions;

        string place = "settings?handler=Everywhere";
        if (way == "token in the address") (place, sent) = ($"{place}&{PageForm.TokenField}={Uri.EscapeDataString(right)}", null);
        KeyValuePair<string, string>[] fields = sent is null ? [] : [new(PageForm.TokenField, sent)];
        using HttpClient browser = hostile.Client(cookies: null);
        using var request = new HttpRequestMessage(HttpMethod.Post, place) { Content = new FormUrlEncodedContent(fields) };
        if (way == "as plain text") request.Content = new StringContent($"{PageForm.TokenField}={sent}", Encoding.UTF8, "text/plain");
        string[] cookies = hostile.Cookies.Split("; ");
        request.Headers.Add("Cookie", string.Join("; ", cookies.Where(cookie =>
            way != "without the form's cookie" || !cookie.StartsWith("doorbell-form=", StringComparison.Ordinal))));
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (way == "as a navigation")
        {
            request.Headers.Add("Sec-Fetch-Mode", "navigate");
            request.Headers.Add("Sec-Fetch-Dest", "document");
        }
        using HttpResponseMessage answer = await browser.SendAsync(request);

        await RefusedAsync(answer, before, [400, 403], NotUnderstood, "Another page has sent this request");
        Assert.Equal(sessions, hostile.House.Access.Sessions);
    }

    /// <summary>That the test above can fail: the page's own form ends every session.</summary>
    [Fact]
    public async Task The_pages_own_form_does_what_it_says()
    {
        var other = new HostileHouse();
        await other.InitializeAsync();
        string sessions = other.House.Access.Sessions;
        using HttpRequestMessage request = new(HttpMethod.Post, "settings?handler=Everywhere")
        {
            Content = new FormUrlEncodedContent(
                [new(PageForm.TokenField, PageForm.Token(await other.Family.GetStringAsync("settings")))]),
            Headers = { { "Sec-Fetch-Site", "same-origin" } },
        };
        using HttpResponseMessage answer = await other.Family.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotEqual(sessions, other.House.Access.Sessions);
        await other.DisposeAsync();
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8455")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.")]
    [InlineData("doorbell")]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.178.20")]
    [InlineData("0.0.0.0")]
    [InlineData("[2001:db8::1]")]
    public async Task Another_name_that_points_here_is_refused_also_with_the_familys_cookies(string name)
    {
        IReadOnlyList<string> before = hostile.Everything;
        using var request = new HttpRequestMessage(HttpMethod.Get, "visits") { Headers = { Host = name } };
        using HttpClient browser = hostile.Client(cookies: null);
        request.Headers.Add("Cookie", hostile.Cookies);
        using HttpResponseMessage answer = await browser.SendAsync(request);
        await RefusedAsync(answer, before, [403], "This name is not one that the page may be called by.");
    }

    /// <summary>Five tries are over; whoever tries on gets no sixth, by whatever trick, not even with the right password.</summary>
    [Fact]
    public async Task Passwords_cannot_be_tried_on_whatever_is_changed_about_the_tries()
    {
        IReadOnlyList<string> before = hostile.Everything;
        for (int i = 0; i < LoginLimit.MostInAMinute; i++)
        {
            using HttpResponseMessage wrong = await TryAsync($"a wrong password {i}");
            await RefusedAsync(wrong, before, [401], "That is not the password.");
        }
        (string Name, string Value)[] headers =
        [
            ("User-Agent", "Another/1.0"), ("X-Forwarded-For", "203.0.113.7"), ("Forwarded", "for=203.0.113.8"),
            ("X-Real-IP", "203.0.113.9"), ("X-Ingress-Path", "/api/hassio_ingress/abc"), ("Accept-Language", "de"),
            ("Referer", "http://localhost/login"),
        ];
        var tries = new List<Task<HttpResponseMessage>>
        {
            TryAsync(HostileHouse.Password), TryAsync(HostileHouse.Password, "LOGIN?to=/visits"),
            TryAsync(HostileHouse.Password, "login/?x=1"),
        };
        tries.AddRange(headers.Select(header => TryAsync(HostileHouse.Password, header: header)));
        Assert.Equal(10, tries.Count);
        foreach (Task<HttpResponseMessage> attempt in tries)
        {
            using HttpResponseMessage answer = await attempt;
            await RefusedAsync(answer, before, [429], "Too many tries.", "Zu viele Versuche");
            Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie =>
                cookie.StartsWith("doorbell=", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("people?handler=Enrol", 1L << 31, false)]
    [InlineData("people?handler=Enrol", (80L << 20) + (65 << 10), false)]
    [InlineData("settings?handler=Voice", 200_000, true)]
    [InlineData("settings?handler=Password", 64 * 1024 + 1, true)]
    [InlineData("login", 100_000, true)]
    [InlineData("visits/last?handler=ItIs", 1 << 20, true)]
    [InlineData("review?handler=Name", 1 << 20, true)]
    [InlineData("model?handler=Build", 70_000, true)]
    [InlineData("logout", 300_000, true)]
    [InlineData("?handler=Speak", 90_000, true)]
    public async Task More_than_a_form_may_bring_is_refused(string place, long bytes, bool isSent)
    {
        IReadOnlyList<string> before = hostile.Everything;
        using var request = new HttpRequestMessage(HttpMethod.Post, place)
        {
            Content = isSent ? new ByteArrayContent(Form(bytes)) : new ClaimingContent(bytes),
        };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        // Nothing of a body is sent before the answer is there that asks for it.
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage answer = await hostile.Family.SendAsync(request);
        await RefusedAsync(answer, before, [400, 413], TooLarge, NotUnderstood);
    }

    private static byte[] Form(long bytes) => [.. "text="u8, .. Enumerable.Repeat((byte)'a', (int)bytes - 5)];

    private async Task<HttpResponseMessage> TryAsync(string password, string place = "login", (string Name, string Value)? header = null)
    {
        using HttpClient browser = hostile.Client(new CookieContainer());
        var request = new HttpRequestMessage(HttpMethod.Post, place)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["password"] = password, [PageForm.TokenField] = PageForm.Token(await browser.GetStringAsync("login")),
            }),
        };
        if (header is { } more) request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        HttpResponseMessage answer = await browser.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }

    private async Task RefusedAsync(HttpResponseMessage answer, IReadOnlyList<string> before, int[] statuses, params string[] sentences)
    {
        string said = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.True(statuses.Contains((int)answer.StatusCode), $"{(int)answer.StatusCode}: {said}");
        Assert.True(sentences.Any(sentence => said.Contains(sentence, StringComparison.Ordinal)), $"{(int)answer.StatusCode}: {said}");
        Assert.Equal(before, hostile.Everything);
    }

    /// <summary>A body that claims to be long; nobody should ask for it.</summary>
    private sealed class ClaimingContent(long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var some = new byte[64 * 1024];
            for (long sent = 0; sent < length; sent += some.Length) await stream.WriteAsync(some);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
