using System.Text.Json;
using DoorbellFace.Application;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Tests.Commands;

[Collection(nameof(StandardOutput))]
public sealed class TokenCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_token_is_shown_once_and_alone_and_is_revoked_by_its_name()
    {
        string token = Run("add", "home automation", "--scopes", "read,look");
        Assert.Equal("home automation", HouseServices.TokensOf(_folder["data"]).Find(token)?.Name);

        string listed = Run("list");
        Assert.StartsWith("home automation: read, look; made on ", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(token, listed, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(Run("list", "--json")).RootElement[0];
        Assert.Equal(["read", "look"], json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));

        Assert.Equal("The token home automation is refused from now on.", Run("revoke", "home automation"));
        Assert.Null(HouseServices.TokensOf(_folder["data"]).Find(token));
        Assert.Equal("There is no token: no other program gets in.", Run("list"));
    }

    [Fact]
    public void What_may_not_be_is_refused_and_nothing_is_kept()
    {
        Assert.Contains("expected read, speak and look",
            Assert.Throws<UserErrorException>(() => Run("add", "x", "--scopes", "write")).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<DoorbellException>(() => Run("revoke", "nobody")).Kind);
        Assert.False(File.Exists(_folder["data/page/tokens.json"]));
    }

    public void Dispose() => _folder.Dispose();

    private string Run(params string[] words) => StandardOutput.Of(TokenCommand.Create(), [.. words, "--data", _folder["data"]]);
}
