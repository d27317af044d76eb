using System.Net;
using System.Text.RegularExpressions;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Web.Safety;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Tests;

/// <summary>The page under a path of Home Assistant's, as its proxy asks for it: the path is cut off and told in a header.</summary>
[Collection(nameof(ApiHouse))]
public sealed partial class IngressTests
{
    private const string Base = "/api/hassio_ingress/dGhlLXRva2Vu", Password = "a long password";

    private static readonly PageSettings Behind = new() { Ingress = IPAddress.Loopback };

    [Fact]
    public async Task Every_link_form_picture_and_cookie_keeps_to_the_path()
    {
        await using ApiHouse house = await ApiHouse.OpenAsync(Behind);
        house.Access.SetFirst(Password);
        house.Enrol(DrawnFamily.Anna);
        var visit = new VisitId(Guid.CreateVersion7());
        house.Keep(new VisitRecord
        {
            Id = visit, Door = DoorId.Front, StartedAt = house.Clock.GetUtcNow(), StartedBy = VisitStart.Ring, Rings = 1,
            Outcome = VisitOutcome.NoFace,
        });
        using var browser = new Browser(house, Base);

        (HttpStatusCode first, string login, string? leadsTo) = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Found, first);
        Assert.StartsWith(Base + "/login?", new Uri(house.Address, leadsTo).PathAndQuery, StringComparison.Ordinal);
        (_, login, _) = await browser.GetAsync("/login?to=" + Uri.EscapeDataString(Base + "/visits"));
        (HttpStatusCode status, _, leadsTo) = await browser.PostAsync("/login", login,
            ("to", Base + "/visits"), ("password", Password));
        Assert.Equal((HttpStatusCode.Found, Base + "/visits"), (status, leadsTo));

        string person = house.People.List().Single().Id.ToString();
        List<string> seen = [];
        foreach (string page in (string[])["/", "/visits", $"/visits/{visit}", "/review", "/people", $"/people/{person}", "/people/check",
            "/settings", "/no-such-page"])
        {
            (_, string html, _) = await browser.GetAsync(page);
            string[] addresses = [.. Address().Matches(html).Select(match => match.Groups[1].Value)];
            Assert.True(addresses.Length > 1, page);
            Assert.All(addresses, address => Assert.StartsWith(Base + "/", address, StringComparison.Ordinal));
            seen.AddRange(addresses);
        }
        Assert.Contains(seen, address => address.EndsWith($"/people/{person}", StringComparison.Ordinal));
        Assert.Contains(seen, address => address.Contains("/assets/page.css", StringComparison.Ordinal));
        foreach (string address in seen.Distinct().Where(address => !address.EndsWith("/logout", StringComparison.Ordinal)
            && !address.EndsWith("/language", StringComparison.Ordinal)))
        {
            (status, _, _) = await browser.GetAsync(address[Base.Length..]);
            Assert.True(status == HttpStatusCode.OK, $"{address}: {status}");
        }
        Assert.All(browser.CookiePaths, path => Assert.Equal(Base, path));
        Assert.NotEmpty(browser.CookiePaths);
    }

    [Fact]
    public async Task It_may_be_shown_in_a_frame_there_and_nowhere_else_and_has_its_first_run_there()
    {
        await using ApiHouse behind = await ApiHouse.OpenAsync(Behind), alone = await ApiHouse.OpenAsync();
        using var ours = new Browser(behind, Base);
        using var others = new Browser(alone, Base);

        Assert.Equal((HttpStatusCode.Found, Base + "/welcome"), await StatusAsync(ours));
        Assert.Equal((HttpStatusCode.Found, "/welcome"), await StatusAsync(others));
        Assert.Contains("frame-ancestors 'self'", ours.ContentPolicy, StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", ours.FrameOptions);
        Assert.Contains("frame-ancestors 'none'", others.ContentPolicy, StringComparison.Ordinal);
        Assert.Equal("DENY", others.FrameOptions);

        static async Task<(HttpStatusCode, string?)> StatusAsync(Browser browser)
        {
            (HttpStatusCode status, _, string? leadsTo) = await browser.GetAsync("/");
            return (status, leadsTo);
        }
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/a/../b")]
    [InlineData("/a\\b")]
    [InlineData("/\" onload=\"x")]
    [InlineData("")]
    public async Task A_path_that_is_none_is_left_out(string path)
    {
        await using ApiHouse house = await ApiHouse.OpenAsync(Behind);
        using var browser = new Browser(house, path);

        (_, _, string? leadsTo) = await browser.GetAsync("/");

        Assert.Equal("/welcome", leadsTo);
    }

    /// <summary>Whoever is at another address of the house goes through Home Assistant, whatever header they send.</summary>
    [Theory]
    [InlineData("172.30.32.2", true)]
    [InlineData("::ffff:172.30.32.2", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("172.30.33.7", false)]
    [InlineData("192.168.1.20", false)]
    public async Task Only_the_proxy_and_this_computer_are_let_in(string from, bool isLetIn)
    {
        await using ApiHouse house = await ApiHouse.OpenAsync();
        house.Access.SetFirst(Password);
        var settings = new PageSettings { Ingress = IPAddress.Parse("172.30.32.2") };
        bool wasLetIn = false;
        var gate = new Gate(_ =>
        {
            wasLetIn = true;
            return Task.CompletedTask;
        }, settings, house.Access);
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) } };
        context.Request.Host = new HostString(from == "127.0.0.1" ? "localhost" : "homeassistant.local");
        context.Request.Headers["X-Ingress-Path"] = Base;

        await new Ingress(gate.InvokeAsync, settings).InvokeAsync(context);

        Assert.Equal(isLetIn, wasLetIn);
        Assert.Equal(isLetIn && from != "127.0.0.1" ? Base : "", context.Request.PathBase.Value);
    }

    [GeneratedRegex("(?:href|src|action|formaction)=\"(/[^\"]*)\"")]
    private static partial Regex Address();

    /// <summary>A browser behind the proxy: cookies come back whatever their path, which is noted.</summary>
    private sealed partial class Browser : IDisposable
    {
        private readonly HttpClient _client;
        private readonly Dictionary<string, string> _cookies = [];

        public Browser(ApiHouse house, string path)
        {
            var plain = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
            _client = new HttpClient(plain) { BaseAddress = house.Address };
            _client.DefaultRequestHeaders.TryAddWithoutValidation("X-Ingress-Path", path);
        }

        public HashSet<string> CookiePaths { get; } = [];

        public string ContentPolicy { get; private set; } = "";

        public string FrameOptions { get; private set; } = "";

        public Task<(HttpStatusCode Status, string Html, string? LeadsTo)> GetAsync(string path) =>
            SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

        public Task<(HttpStatusCode Status, string Html, string? LeadsTo)> PostAsync(string path, string form,
            params (string Name, string Value)[] fields)
        {
            string token = PageForm.Token(form);
            return SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
                    KeyValuePair.Create(PageForm.TokenField, token)]),
            });
        }

        public void Dispose() => _client.Dispose();

        private async Task<(HttpStatusCode Status, string Html, string? LeadsTo)> SendAsync(HttpRequestMessage request)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            using HttpResponseMessage answer = await _client.SendAsync(request);
            foreach (string cookie in answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? set) ? set : [])
            {
                string[] parts = cookie.Split("; ");
                string[] named = parts[0].Split('=', 2);
                _cookies[named[0]] = named[1];
                CookiePaths.Add(parts.First(part => part.StartsWith("path=", StringComparison.OrdinalIgnoreCase))[5..]);
            }
            ContentPolicy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
            FrameOptions = string.Join(' ', answer.Headers.GetValues("X-Frame-Options"));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.OriginalString);
        }
    }
}
