using System.Net;

namespace DoorbellFace.Browser.Tests;

/// <summary>Forms of the page, sent as a browser without scripts sends them.</summary>
internal static class FamilyForm
{
    /// <summary>Somebody who is logged in, after the page's first run.</summary>
    public static async Task<HttpClient> SetPasswordAsync(Uri page)
    {
        var family = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = page };
        using HttpResponseMessage answer = await family.PostAsync("welcome", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["password"] = DoorWithPage.Password, [PageForm.TokenField] = PageForm.Token(await family.GetStringAsync("welcome")),
        }));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return family;
    }

    /// <summary>Sends photos of somebody, and gives the page that follows.</summary>
    public static Task<string> SendAsync(HttpClient family, string name, string file, byte[] content) =>
        PageForm.SendPhotosAsync(family, name, file, new ByteArrayContent(content));
}
