using System.Net;
using DoorbellFace.Application.Page;

namespace DoorbellFace.Web.Tests;

/// <summary>What was done here, as the page shows it.</summary>
/// <param name="hostile">A house.</param>
public sealed class AuditPageTests(HostileHouse hostile) : IClassFixture<HostileHouse>
{
    [Theory]
    [InlineData("en", "The password was taken away", "at the console")]
    [InlineData("de", "Das Passwort wurde aufgehoben", "an der Konsole")]
    [InlineData("he", "הסיסמה בוטלה", "מהמסוף")]
    public async Task What_was_done_at_the_console_says_so_in_each_language(string language, string act, string where)
    {
        hostile.House.Audit.Note(AuditAct.PasswordReset, AuditLog.Console);
        hostile.House.Audit.Note(AuditAct.SpokenByToken, AuditLog.Console);
        hostile.House.Audit.Note(AuditAct.LoginFailed, "192.0.2.7");
        using HttpClient browser = hostile.Client(cookies: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "audit");
        request.Headers.Add("Cookie", $"{hostile.Cookies}; doorbell-language={language}");

        using HttpResponseMessage answer = await browser.SendAsync(request);
        string[] rows = [.. WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Split("<li").Skip(1)];

        Assert.Contains("192.0.2.7", rows.First(row => row.Contains("row", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(rows, row => row.Contains(act, StringComparison.Ordinal) && row.Contains(where, StringComparison.Ordinal));
        // A program's token may be called by that word.
        Assert.Contains(rows, row => row.Contains("<span dir=\"ltr\">console</span>", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_act_has_its_words() =>
        Assert.All(Enum.GetNames<AuditAct>(), act => Assert.True(Enum.TryParse<Words.Phrase>($"Act{act}", out _), act));
}
