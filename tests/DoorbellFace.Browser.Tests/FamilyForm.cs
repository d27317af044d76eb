using System.Net;

namespace DoorbellFace.Browser.Tests;

/// <summary>Forms of the page, sent as a browser without scripts sends them.</summary>
internal static class FamilyForm
{
    private const string TokenField = "__RequestVerificationToken";

    /// <summary>Somebody who is logged in, after the page's first run.</summary>
    public static async Task<HttpClient> SetPasswordAsync(Uri page)
    {
        var family = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = page };
        using HttpResponseMessage answer = await family.PostAsync("welcome", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["password"] = DoorWithPage.Password, [TokenField] = Token(await family.GetStringAsync("welcome")),
        }));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return family;
    }

    /// <summary>Sends photos of somebody, and gives the page that follows.</summary>
    public static Task<string> SendAsync(HttpClient family, string name, string file, byte[] content) =>
        SendAsync(family, name, file, new ByteArrayContent(content));

    /// <summary>The same for a file that comes as it likes.</summary>
    public static async Task<string> SendAsync(HttpClient family, string name, string file, HttpContent content)
    {
        using MultipartFormDataContent form = await PhotosAsync(family, name, file, content);
        using HttpResponseMessage answer = await family.PostAsync("people?handler=Enrol", form);
        return answer.Headers.Location is { } next ? await FollowAsync(family, next) : $"{answer.StatusCode}";
    }

    /// <summary>The form with photos of somebody.</summary>
    public static async Task<MultipartFormDataContent> PhotosAsync(HttpClient family, string name, string file, HttpContent content) =>
        new()
    {
        { new StringContent(Token(await family.GetStringAsync("people"))), TokenField },
        { new StringContent(name), "name" },
        { content, "photos", file },
    };

    /// <summary>Follows where an answer leads, until photos are looked at and it is said what came of them.</summary>
    public static async Task<string> FollowAsync(HttpClient family, Uri next)
    {
        while (true)
        {
            using HttpResponseMessage page = await family.GetAsync(next);
            if (page.Headers.Location is { } further) next = further;
            else if (next.ToString().Contains("/people/photos/", StringComparison.Ordinal))
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            else return await page.Content.ReadAsStringAsync();
        }
    }

    /// <summary>The token that a page gives its forms.</summary>
    public static string Token(string html)
    {
        const string Before = "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"";
        int start = html.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return html[start..html.IndexOf('"', start)];
    }
}
