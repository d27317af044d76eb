using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DoorbellFace.Application.Page;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Web.Tests;

/// <summary>What is not meant well is refused, with a sentence, changes nothing and leaves nothing behind.</summary>
[Collection(nameof(ApiHouse))]
public sealed class HostileRequestTests : IAsyncLifetime
{
    private const ApiScopes Everything = ApiScopes.Read | ApiScopes.Speak | ApiScopes.Look;

    private readonly OpenApiDocument _document = new();
    private ApiHouse _house = null!;

    public async Task InitializeAsync() => _house = await ApiHouse.OpenAsync();

    public Task DisposeAsync() => _house.DisposeAsync().AsTask();

    [Fact]
    public async Task Without_a_token_nobody_gets_in_and_the_sentence_says_what_is_expected()
    {
        using HttpClient stranger = _house.Program(ApiScopes.None);
        foreach (string operation in _document.Operations.Keys.Except(["GET /api/openapi.json"]))
        {
            using HttpResponseMessage answer = await SendAsync(stranger, operation);
            await RefusedAsync(operation, answer, 401, "A token is expected in the header Authorization, after the word Bearer.");
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().ToString());
        }
    }

    [Theory]
    [InlineData("dbf_wrong")]
    [InlineData("dbf_")]
    [InlineData("x")]
    [InlineData("dbf_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_wrong_token_is_no_token(string token)
    {
        _house.Tokens.Add("somebody's", Everything);
        using HttpClient stranger = _house.Program(ApiScopes.None, token);
        await RefusedAsync("GET /api/visits", await stranger.GetAsync("api/visits"), 401, "This token is not known, or no longer.");
    }

    [Fact]
    public async Task A_token_is_taken_from_the_header_alone_and_a_revoked_one_at_once_no_more()
    {
        string token = _house.Tokens.Add("ours", Everything);
        using HttpClient stranger = _house.Program(ApiScopes.None);
        await RefusedAsync("GET /api/visits", await stranger.GetAsync($"api/visits?token={token}&access_token={token}"), 401, "A token");
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/visits");
        request.Headers.Add("Cookie", $"doorbell={token}; token={token}");
        await RefusedAsync("GET /api/visits", await stranger.SendAsync(request), 401, "A token");

        using HttpClient program = _house.Program(ApiScopes.None, token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("api/visits")).StatusCode);
        _house.Tokens.Revoke("ours");
        await RefusedAsync("GET /api/visits", await program.GetAsync("api/visits"), 401, "This token is not known");
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say_and_nothing_else()
    {
        foreach ((string operation, JsonObject described) in _document.Operations)
        {
            string summary = described["summary"]!.GetValue<string>();
            foreach (ApiScopes scope in Enum.GetValues<ApiScopes>().Where(scope => scope != ApiScopes.None))
            {
                string word = ApiTokens.WordsOf(scope)[0];
                if (!summary.Contains("Scope:", StringComparison.Ordinal) || summary.Contains($"Scope: {word}.", StringComparison.Ordinal))
                    continue;
                using HttpClient program = _house.Program(scope);
                await RefusedAsync(operation, await SendAsync(program, operation), 403, "This needs a token with the scope");
            }
        }
        Assert.Empty(_house.Door.Said);
        Assert.Equal(0, _house.Looked);
    }

    [Fact]
    public async Task Another_name_that_points_here_is_refused_whatever_token_it_brings()
    {
        using HttpClient program = _house.Program(Everything);
        foreach (string name in (string[])["evil.example", "localhost.evil.example", "10.0.0.1"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/visits") { Headers = { Host = name } };
            Assert.Equal(HttpStatusCode.Forbidden, (await program.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task What_another_page_sends_is_refused_and_no_page_elsewhere_may_read()
    {
        using HttpClient program = _house.Program(Everything);
        program.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using HttpResponseMessage read = await program.GetAsync("api/visits");
        Assert.DoesNotContain(read.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        program.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var body = new StringContent("""{"text": "The door is open."}""", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsync("api/say", body)).StatusCode);
        Assert.Empty(_house.Door.Said);
    }

    [Fact]
    public async Task A_form_of_another_page_is_no_body_for_us()
    {
        using HttpClient program = _house.Program(Everything);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("text", "The door is open.")]);
        await RefusedAsync("POST /api/say", await program.PostAsync("api/say", form), 415, "The body is of another kind");
        using var picture = new MultipartFormDataContent { { new ByteArrayContent(SmallPng.Bytes), "photo", "x.png" } };
        await RefusedAsync("POST /api/look", await program.PostAsync("api/look", picture), 415, "The body is expected to be a picture");
        Assert.Empty(_house.Door.Said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"text\": 7}")]
    [InlineData("{\"text\": \"  \"}")]
    [InlineData("{\"words\": \"hello\"}")]
    [InlineData("{\"text\": \"a\"")]
    public async Task What_is_no_text_is_not_said(string body)
    {
        using HttpClient program = _house.Program(ApiScopes.Speak);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await RefusedAsync("POST /api/say", await program.PostAsync("api/say", content), 400, "");
        Assert.Empty(_house.Door.Said);
    }

    [Fact]
    public async Task A_deep_or_long_body_is_not_read_to_its_end()
    {
        using HttpClient program = _house.Program(ApiScopes.Speak);
        using var deep = new StringContent(new string('[', 10_000), Encoding.UTF8, "application/json");
        await RefusedAsync("POST /api/say", await program.PostAsync("api/say", deep), 400, "");
        using var longer = new StringContent($"{{\"text\": \"{new string('a', 501)}\"}}", Encoding.UTF8, "application/json");
        await RefusedAsync("POST /api/say", await program.PostAsync("api/say", longer), 400, "Expected 1 to 500 letters");
        using var far = new StringContent($"{{\"text\": \"{new string('a', 40_000)}\"}}", Encoding.UTF8, "application/json");
        await RefusedAsync("POST /api/say", await program.PostAsync("api/say", far), 413, "The body is larger");
    }

    [Fact]
    public async Task What_is_no_picture_or_far_too_large_a_one_is_refused()
    {
        using HttpClient program = _house.Program(ApiScopes.Look);
        foreach ((byte[] content, string sentence) in ((byte[], string)[])
            [("<svg onload=alert(1)>"u8.ToArray(), "The picture holds no whole picture"), ([], "The picture is empty."),
            (Claiming(60_000), "The picture "), (SmallPng.Bytes[..30], "The picture ")])
        {
            using HttpResponseMessage answer = await program.PostAsync("api/look", Picture(content));
            await RefusedAsync("POST /api/look", answer, 400, sentence);
        }
        using var large = new HttpRequestMessage(HttpMethod.Post, "api/look") { Content = Picture(new byte[Api.Look.MostBytes + 1]) };
        large.Headers.ExpectContinue = true;
        await RefusedAsync("POST /api/look", await program.SendAsync(large), 413, "The body is larger");
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("limit=1e9")]
    [InlineData("limit=5&limit=6")]
    [InlineData("after=../../people.db")]
    [InlineData("after=9999999999999999999_x")]
    [InlineData("from=yesterday")]
    [InlineData("person=1%20OR%201=1")]
    [InlineData("strangers=maybe")]
    [InlineData("order=name")]
    public async Task What_cannot_be_understood_of_an_address_is_refused(string query)
    {
        using HttpClient program = _house.Program(ApiScopes.Read);
        await RefusedAsync("GET /api/visits", await program.GetAsync($"api/visits?{query}"), 400, "The parameter ");
    }

    [Fact]
    public async Task No_path_leads_out_and_nothing_else_is_there()
    {
        using HttpClient program = _house.Program(Everything);
        string[] paths =
        [
            "api", "api/", "api/..%2f..%2fetc%2fpasswd", "api/visits/%00", "api/people", "api/tokens", "metrics/x",
            "api/openapi.json%00.html",
        ];
        foreach (string path in paths)
        {
            using HttpResponseMessage answer = await program.GetAsync(
                new Uri(_house.Address + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            Assert.True((int)answer.StatusCode is 302 or 400 or 404, $"{path}: {answer.StatusCode}");
        }
        using HttpResponseMessage other = await program.PutAsync("api/say", null);
        await ProblemAsync(other, 405, "This address takes another method.");
        Assert.Equal("POST", other.Content.Headers.Allow.Single());
        await ProblemAsync(await program.GetAsync("api/nothing"), 404, "There is nothing at this address.");
    }

    [Fact]
    public async Task Tokens_cannot_be_tried_one_after_another_and_whoever_has_one_is_let_in_meanwhile()
    {
        using HttpClient program = _house.Program(ApiScopes.Read), stranger = _house.Program(ApiScopes.None, "dbf_guess");
        for (int i = 0; i < Api.ApiDoor.MostWrongTokens; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("api/visits")).StatusCode);
        using HttpResponseMessage answer = await stranger.GetAsync("api/visits");
        await RefusedAsync("GET /api/visits", answer, 429, "Too many requests. Try again in 60 s.");
        Assert.Equal("60", answer.Headers.RetryAfter!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("api/visits")).StatusCode);
        _house.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("api/visits")).StatusCode);
    }

    [Fact]
    public async Task A_program_that_never_stops_asking_is_slowed_down_and_the_others_are_not()
    {
        using HttpClient greedy = _house.Program(ApiScopes.Read), other = _house.Program(ApiScopes.Read);
        for (int i = 0; i < Api.ApiDoor.MostRequests; i++)
            Assert.Equal(HttpStatusCode.OK, (await greedy.GetAsync("metrics")).StatusCode);
        await RefusedAsync("GET /metrics", await greedy.GetAsync("metrics"), 429, "Too many requests.");
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("metrics")).StatusCode);
    }

    /// <summary>Tokens lie hashed, in a file that only this user can read; a file that cannot be understood lets nobody in.</summary>
    [Fact]
    public async Task What_is_kept_is_of_no_use_to_whoever_reads_it_and_damaged_it_lets_nobody_in()
    {
        string token = _house.Tokens.Add("ours", ApiScopes.Read), file = Path.Combine(_house.DataFolder, "page", "tokens.json");
        string kept = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain(token, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(token[4..20], kept, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        await File.WriteAllTextAsync(file, "[{]");
        using HttpClient program = _house.Program(ApiScopes.None, token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await program.GetAsync("api/visits")).StatusCode);
    }

    private static ByteArrayContent Picture(byte[] content) =>
        new(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

    /// <summary>A small file whose header claims so many columns and rows.</summary>
    private static byte[] Claiming(int edge)
    {
        byte[] png = [.. SmallPng.Bytes];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), edge);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), edge);
        return png;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string operation)
    {
        string[] parts = operation.Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1][1..]);
        if (parts[1] == "/api/say") request.Content = new StringContent("""{"text": "x"}""", Encoding.UTF8, "application/json");
        if (parts[1] == "/api/look") request.Content = Picture(PictureFile.EncodePng(ApiHouse.Drawn(DrawnFamily.Anna.Person, 1)));
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<JsonNode> ProblemAsync(HttpResponseMessage answer, int status, string sentence)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        JsonNode problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.StartsWith(sentence, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        return problem;
    }

    private async Task<JsonNode> RefusedAsync(string operation, HttpResponseMessage answer, int status, string sentence)
    {
        JsonNode problem = await ProblemAsync(answer, status, sentence);
        Assert.Empty(_document.Complaints(operation, status, "application/problem+json", problem));
        answer.Dispose();
        return problem;
    }
}
