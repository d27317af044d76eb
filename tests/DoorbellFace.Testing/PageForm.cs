using System.Net.Http;

namespace DoorbellFace.Testing;

/// <summary>Forms of the page, as a browser without scripts fills them in and sends them.</summary>
public static class PageForm
{
    /// <summary>The field that shows that a form is the page's own.</summary>
    public const string TokenField = "__RequestVerificationToken";

    /// <summary>The token that a page gives its forms.</summary>
    public static string Token(string html)
    {
        const string Before = $"name=\"{TokenField}\" type=\"hidden\" value=\"";
        int start = html.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return html[start..html.IndexOf('"', start)];
    }

    /// <summary>Sends the form with photos of somebody, and gives the page that follows, or the status of a refusal.</summary>
    public static async Task<string> SendPhotosAsync(HttpClient family, string name, string file, HttpContent content)
    {
        using MultipartFormDataContent form = await PhotosAsync(family, name, file, content);
        using HttpResponseMessage answer = await family.PostAsync("people?handler=Enrol", form);
        return answer.Headers.Location is { } next ? await FollowAsync(family, next) : $"{answer.StatusCode}";
    }

    /// <summary>The form with photos of somebody.</summary>
    public static async Task<MultipartFormDataContent> PhotosAsync(HttpClient family, string name, string file, HttpContent content)
    {
        string token = Token(await family.GetStringAsync("people"));
        return new MultipartFormDataContent
        {
            { new StringContent(token), TokenField }, { new StringContent(name), "name" }, { content, "photos", file },
        };
    }

    /// <summary>Follows where an answer leads, until photos are looked at and it is said what came of them.</summary>
    private static async Task<string> FollowAsync(HttpClient family, Uri next)
    {
        while (true)
        {
            using HttpResponseMessage page = await family.GetAsync(next);
            if (page.Headers.Location is { } further) next = further;
            else if (next.ToString().Contains("/people/photos/", StringComparison.Ordinal))
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            else return await page.Content.ReadAsStringAsync();
        }
    }
}
