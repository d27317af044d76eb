using System.Net;
using System.Security.Cryptography;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Web.Tests;

/// <summary>A house with a person, a visit, a password and a token, at which many requests are thrown that mean no good.</summary>
public sealed class HostileHouse : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly CookieContainer _cookies = new();
    private ApiHouse _house = null!;

    internal ApiHouse House => _house;

    /// <summary>Somebody of the family, who is logged in.</summary>
    public HttpClient Family { get; private set; } = null!;

    /// <summary>The cookies of their browser.</summary>
    public string Cookies => _cookies.GetCookieHeader(_house.Address);

    public async Task InitializeAsync()
    {
        _house = await ApiHouse.OpenAsync();
        _house.Access.SetFirst(Password);
        _house.Enrol(DrawnFamily.Anna);
        _house.Keep(new VisitRecord
        {
            Id = new VisitId(Guid.CreateVersion7()), Door = DoorId.Front, StartedAt = _house.Clock.GetUtcNow(),
            StartedBy = VisitStart.Ring, Rings = 1, Outcome = VisitOutcome.NoFace,
        });
        Family = Client(_cookies);
        using HttpResponseMessage answer = await Family.PostAsync("login", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["password"] = Password, [PageForm.TokenField] = PageForm.Token(await Family.GetStringAsync("login")),
        }));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        // What is made with the first look is there.
        foreach (string page in (string[])["", "visits", "people", "settings", "review"]) await Family.GetStringAsync(page);
        await EnrolAsync("none.png", SmallPng.Bytes);
    }

    public async Task DisposeAsync()
    {
        Family.Dispose();
        await _house.DisposeAsync();
    }

    /// <summary>A browser with these cookies, or with none.</summary>
    public HttpClient Client(CookieContainer? cookies) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = cookies is not null, CookieContainer = cookies ?? new CookieContainer(),
    }) { BaseAddress = _house.Address };

    /// <summary>Sends a photo or an archive of Eve, and gives what the page says of it.</summary>
    public async Task<string> EnrolAsync(string file, byte[] content) =>
        WebUtility.HtmlDecode(await PageForm.SendPhotosAsync(Family, "Eve", file, new ByteArrayContent(content)));

    /// <summary>
    /// Every file of the house with what it holds. The record of what was tried grows, as it should, and what the stores keep beside
    /// themselves while they are open changes when they are read.
    /// </summary>
    public IReadOnlyList<string> Everything =>
        [.. Directory.EnumerateFiles(_house.DataFolder, "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetFileName(path).StartsWith("audit", StringComparison.Ordinal)
                && !DatabaseFiles.IsBeside(path))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{path} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")];
}
