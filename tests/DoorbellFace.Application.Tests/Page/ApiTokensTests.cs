using DoorbellFace.Application.Page;

namespace DoorbellFace.Application.Tests.Page;

public class ApiTokensTests
{
    private readonly Storage _storage = new();

    [Fact]
    public void A_token_is_found_by_itself_and_by_nothing_else()
    {
        ApiTokens tokens = Open();
        string token = tokens.Add("home automation", ApiScopes.Read | ApiScopes.Speak), other = tokens.Add("camera", ApiScopes.Look);
        Assert.Equal(("home automation", ApiScopes.Read | ApiScopes.Speak), (tokens.Find(token)!.Name, tokens.Find(token)!.Scopes));
        Assert.Equal(ApiScopes.Look, tokens.Find(other)!.Scopes);
        Assert.NotEqual(token, other);
        foreach (string wrong in (string[])["", token[..^1], token + "x", token.ToUpperInvariant(), new string('a', 5000)])
            Assert.Null(tokens.Find(wrong));
        Assert.DoesNotContain(token[4..], _storage.Text!, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_program_sees_at_once_what_was_made_and_revoked()
    {
        ApiTokens console = Open(), door = Open();
        string token = console.Add("camera", ApiScopes.Look);
        Assert.NotNull(door.Find(token));
        console.Revoke("Camera");
        Assert.Null(door.Find(token));
        Assert.Empty(door.List());
    }

    [Fact]
    public void A_name_is_taken_once_and_revoked_once()
    {
        ApiTokens tokens = Open();
        tokens.Add("Zoë", ApiScopes.Read);
        Assert.Equal(ErrorKind.Refused, Assert.Throws<DoorbellException>(() => tokens.Add("ZOE\u0308", ApiScopes.Read)).Kind);
        tokens.Revoke("zoë");
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<DoorbellException>(() => tokens.Revoke("zoë")).Kind);
    }

    [Theory]
    [InlineData("", ApiScopes.Read)]
    [InlineData("a\u0007b", ApiScopes.Read)]
    [InlineData("a", ApiScopes.None)]
    public void What_is_no_name_and_may_do_nothing_is_refused(string name, ApiScopes scopes)
    {
        Assert.Equal(ErrorKind.InvalidValue, Assert.Throws<DoorbellException>(() => Open().Add(name, scopes)).Kind);
        Assert.Null(_storage.Text);
    }

    [Fact]
    public void There_is_an_end_to_them()
    {
        ApiTokens tokens = Open();
        for (int i = 0; i < ApiTokens.MostTokens; i++) tokens.Add($"{i}", ApiScopes.Read);
        Assert.Equal(ErrorKind.Refused, Assert.Throws<DoorbellException>(() => tokens.Add("one more", ApiScopes.Read)).Kind);
    }

    [Theory]
    [InlineData("[{]")]
    [InlineData("{}")]
    [InlineData("[{\"name\": \"x\"}]")]
    public void What_cannot_be_understood_lets_nobody_in(string text)
    {
        string token = Open().Add("x", ApiScopes.Read);
        _storage.Write(text);
        Assert.Equal(ErrorKind.UnusableInput, Assert.Throws<DoorbellException>(() => Open().Find(token)).Kind);
    }

    [Theory]
    [InlineData("read", ApiScopes.Read)]
    [InlineData("look, Read", ApiScopes.Read | ApiScopes.Look)]
    [InlineData("speak look read", ApiScopes.Read | ApiScopes.Look | ApiScopes.Speak)]
    [InlineData("", ApiScopes.None)]
    [InlineData("read,write", null)]
    [InlineData("none", null)]
    [InlineData("7", null)]
    public void Scopes_are_words(string words, ApiScopes? scopes) => Assert.Equal(scopes, ApiTokens.ScopesIn(words));

    private ApiTokens Open() => new(_storage, TimeProvider.System);

    private sealed class Storage : ITokenStorage
    {
        private int _writes;

        public string? Text { get; private set; }

        public string Stamp => $"{_writes}";

        public string? Read() => Text;

        public void Write(string text) => (Text, _writes) = (text, _writes + 1);
    }
}
