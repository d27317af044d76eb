using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Page;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using DoorbellFace.Web.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DoorbellFace.Web.Tests;

/// <summary>What programs can ask, by real requests to the real host; every answer is held to docs/openapi.json.</summary>
[Collection(nameof(ApiHouse))]
public sealed partial class ApiTests : IAsyncLifetime
{
    private readonly OpenApiDocument _document = new();
    private ApiHouse _house = null!;

    public async Task InitializeAsync() => _house = await ApiHouse.OpenAsync();

    public Task DisposeAsync() => _house.DisposeAsync().AsTask();

    [Fact]
    public async Task The_document_that_is_served_is_the_one_that_is_committed()
    {
        using HttpClient anybody = _house.Program(ApiScopes.None);
        Assert.Equal(await File.ReadAllBytesAsync(OpenApiDocument.Path), await anybody.GetByteArrayAsync("api/openapi.json"));
    }

    /// <summary>No address is served that the document does not have, and none stands there that is not; scopes are the same.</summary>
    [Fact]
    public void The_document_has_every_address_with_its_scope()
    {
        Dictionary<string, string> served = _house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiScope>() is not null)
            .ToDictionary(
                endpoint => $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single()} {endpoint.RoutePattern.RawText}",
                endpoint => string.Concat(ApiTokens.WordsOf(endpoint.Metadata.GetMetadata<ApiScope>()!.Needs)));

        Assert.Equal(served.Keys.Order(), _document.Operations.Keys.Order());
        Assert.All(_document.Operations, operation =>
            Assert.Equal(served[operation.Key], ScopeIn().Match(operation.Value["summary"]!.GetValue<string>()).Groups[1].Value));
    }

    [Fact]
    public async Task Visits_come_page_by_page_and_a_new_one_moves_nothing()
    {
        for (int minute = 0; minute < 5; minute++) _house.Keep(TestVisits.Ended(minute, minute == 2 ? "Ben" : "Anna"));
        using HttpClient program = _house.Program(ApiScopes.Read);
        var seen = new List<string>();
        string? next = null;
        do
        {
            JsonObject page = await AskAsync(program, "GET /api/visits", $"api/visits?limit=2{(next is null ? "" : $"&after={next}")}");
            seen.AddRange(page["visits"]!.AsArray().Select(visit => visit!["started_at"]!.GetValue<DateTimeOffset>().ToString("mm")));
            next = page["next"]?.GetValue<string>();
            _house.Keep(TestVisits.Ended(10 + seen.Count));
        }
        while (next is not null);
        Assert.Equal(["04", "03", "02", "01", "00"], seen);
    }

    [Fact]
    public async Task A_visit_has_words_figures_and_no_path_of_this_computer()
    {
        _house.Keep(TestVisits.Ended());
        using HttpClient program = _house.Program(ApiScopes.Read);
        JsonObject page = await AskAsync(program, "GET /api/visits", "api/visits?from=2026-08-03T11:00:00Z&to=2026-08-03T13:00:00Z");
        JsonNode visit = Assert.Single(page["visits"]!.AsArray())!;
        Assert.Equal(("very_sure", "Anna is at the door.", "Anna"),
            (visit["sure"]!.GetValue<string>(), visit["sentence"]!.GetValue<string>(), visit["name"]!.GetValue<string>()));
        Assert.DoesNotContain(_house.DataFolder, page.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await AskAsync(program, "GET /api/visits", "api/visits?from=2026-08-04"))["visits"]!.AsArray());
        Assert.Single((await AskAsync(program, "GET /api/visits", $"api/visits?person={TestVisits.Anna}"))["visits"]!.AsArray());
        Assert.Empty((await AskAsync(program, "GET /api/visits", "api/visits?strangers=true"))["visits"]!.AsArray());
    }

    [Fact]
    public async Task Everybody_on_a_picture_is_answered_for()
    {
        _house.Enrol(DrawnFamily.Anna);
        _house.Enrol(DrawnFamily.Ben);
        using HttpClient program = _house.Program(ApiScopes.Look);

        JsonObject anna = await LookAsync(
            program, PictureFile.EncodeJpeg(ApiHouse.Drawn(DrawnFamily.Anna.Person, 52_000_001)), "image/jpeg");
        JsonNode face = Assert.Single(anna["faces"]!.AsArray())!;
        Assert.Equal(("known", "Anna"), (face["outcome"]!.GetValue<string>(), face["name"]!.GetValue<string>()));
        Assert.Contains(face["sure"]!.GetValue<string>(), (string[])["sure", "very_sure"]);
        Assert.True(face["figures"]!["score"]!.GetValue<float>() >= face["figures"]!["accept"]!.GetValue<float>());
        Assert.Equal("Anna", anna["sentence"]!.GetValue<string>());

        JsonObject stranger = await LookAsync(
            program, PictureFile.EncodePng(ApiHouse.Drawn(UnlikeFamily.Stranger, 52_000_002)), "application/octet-stream");
        Assert.Equal("unknown", Assert.Single(stranger["faces"]!.AsArray())!["outcome"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_text_is_said()
    {
        using HttpClient program = _house.Program(ApiScopes.Speak);
        using HttpResponseMessage answer = await program.PostAsJsonAsync("api/say", new { text = "  Der Kuchen ist fertig. " });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await CheckAsync("POST /api/say", answer);
        Assert.Equal(["Der Kuchen ist fertig."], _house.Door.Said);
    }

    [Fact]
    public async Task What_happens_is_told_as_it_happens_until_the_token_is_revoked()
    {
        string token = _house.Tokens.Add("the listener", ApiScopes.Read);
        using HttpClient program = _house.Program(ApiScopes.None, token);
        using HttpResponseMessage answer = await program.GetAsync("api/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Assert.Equal(": the door is listened to", await LineAsync(reader));
        Assert.Equal("", await LineAsync(reader));

        await _house.HappensAsync(new BellRang(DoorId.Front, TestVisits.Noon, 5, 7));
        await _house.HappensAsync(new FrameLookedAt(DoorId.Front, TestVisits.Noon, 5, 0, 1, TimeSpan.FromMilliseconds(20)));
        await _house.HappensAsync(Identified());
        Assert.Equal("event: bell", await LineAsync(reader));
        Assert.Equal(
            """data: {"event":"bell","at":"2026-08-03T12:00:00+00:00","door":"front","press":5,"boot":7}""", await LineAsync(reader));
        Assert.Equal("", await LineAsync(reader));
        Assert.Equal("event: visitor_identified", await LineAsync(reader));
        JsonNode data = JsonNode.Parse((await LineAsync(reader))!["data: ".Length..])!;
        Assert.Equal(("known", "Anna"), (data["visit"]!["outcome"]!.GetValue<string>(), data["visit"]!["name"]!.GetValue<string>()));
        Assert.Equal("", await LineAsync(reader));

        _house.Tokens.Revoke("the listener");
        await _house.HappensAsync(Identified());
        Assert.Null(await LineAsync(reader));
    }

    [Fact]
    public async Task Figures_are_in_the_format_of_Prometheus()
    {
        await _house.HappensAsync(new BellRang(DoorId.Front, TestVisits.Noon, 5, 7));
        await _house.HappensAsync(new BellRang(DoorId.Front, TestVisits.Noon, 6, 7));
        foreach (int milliseconds in (int[])[4, 30, 30, 20_000])
            await _house.HappensAsync(new FrameLookedAt(DoorId.Front, TestVisits.Noon, 5, 0, 1, TimeSpan.FromMilliseconds(milliseconds)));
        using HttpClient program = _house.Program(ApiScopes.Read);
        using HttpResponseMessage answer = await program.GetAsync("metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        string[] lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, line => Assert.Matches(FigureLine(), line));
        Assert.Contains("""doorbell_rings_total{door="front"} 2""", lines);
        Assert.Contains("""doorbell_look_duration_seconds_bucket{door="front",le="0.005"} 1""", lines);
        Assert.Contains("""doorbell_look_duration_seconds_bucket{door="front",le="0.05"} 3""", lines);
        Assert.Contains("""doorbell_look_duration_seconds_bucket{door="front",le="10"} 3""", lines);
        Assert.Contains("""doorbell_look_duration_seconds_bucket{door="front",le="+Inf"} 4""", lines);
        Assert.Contains("""doorbell_look_duration_seconds_count{door="front"} 4""", lines);
        Assert.Contains(
            lines, line => line.StartsWith("""doorbell_look_duration_seconds_sum{door="front"} 20.06""", StringComparison.Ordinal));
        Assert.Contains("""doorbell_up{door="front"} 1""", lines);
        Assert.Contains("""doorbell_people{door="front"} 2""", lines);
        // A name and its help stand once.
        Assert.Equal(
            lines.Count(line => line.StartsWith("# TYPE", StringComparison.Ordinal)),
            lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct().Count());
        Assert.DoesNotContain(lines, line => line.Contains("Anna", StringComparison.Ordinal));
    }

    private static VisitChanged Identified()
    {
        VisitRecord visit = TestVisits.Ended() with { EndedAt = null };
        return new VisitChanged(
            DoorId.Front, TestVisits.Noon, new VisitorIdentified(TestVisits.Noon, visit, IsCorrection: false), null, null);
    }

    private static async Task<string?> LineAsync(StreamReader reader)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await reader.ReadLineAsync(limit.Token);
    }

    private async Task<JsonObject> AskAsync(HttpClient program, string operation, string address)
    {
        using HttpResponseMessage answer = await program.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await CheckAsync(operation, answer);
    }

    private async Task<JsonObject> LookAsync(HttpClient program, byte[] picture, string kind)
    {
        using var body = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue(kind) } };
        using HttpResponseMessage answer = await program.PostAsync("api/look", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await CheckAsync("POST /api/look", answer);
    }

    private async Task<JsonObject> CheckAsync(string operation, HttpResponseMessage answer)
    {
        JsonNode json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Empty(_document.Complaints(operation, (int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType!, json));
        return json.AsObject();
    }

    [GeneratedRegex(@"(?:Scope: (\w+)\.)?$")]
    private static partial Regex ScopeIn();

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.eE+-]+)$""")]
    private static partial Regex FigureLine();
}
