using System.Text;
using DoorbellFace.Application.Doors;
using DoorbellFace.Home.Traces;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Home.Tests.Traces;

/// <summary>The real exporter and a real server on this computer.</summary>
public sealed class TraceExportTests
{
    [Fact]
    public async Task A_collector_gets_a_visit_with_its_parts_and_without_a_name()
    {
        using var collector = new LocalReceiver();
        using var stop = new CancellationTokenSource();
        using var traces = new DoorTraces();
        Task exporting = new TraceExport(new TraceOptions { Url = $"{collector.Address}/v1/traces" }, "0.1.0")
            .RunAsync(new NotingDoor(), stop.Token);
        foreach (DoorEvent happened in DoorEvents.WholeVisit) await traces.ReceiveAsync(happened, CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exporting);

        ReceivedRequest request = await collector.NextAsync();
        Assert.Equal(("POST", "/v1/traces", "application/x-protobuf"), (request.Method, request.Path, request.Headers["Content-Type"]));
        string body = Encoding.Latin1.GetString(request.Body);
        foreach (string part in (string[])["doorbellface", "visit", "look", "identified", "Known", DoorEvents.Visit.Id.ToString()])
            Assert.Contains(part, body, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.MachineName, body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_collector_that_is_away_delays_nothing_but_the_end()
    {
        using var stop = new CancellationTokenSource();
        using var traces = new DoorTraces();
        Task exporting = new TraceExport(new TraceOptions { Url = "http://127.0.0.1:9/v1/traces" }, "0.1.0")
            .RunAsync(new NotingDoor(), stop.Token);
        foreach (DoorEvent happened in DoorEvents.WholeVisit) await traces.ReceiveAsync(happened, CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exporting.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://collector:4318/v1/traces", true)]
    [InlineData("collector:4318", false)]
    [InlineData("ftp://collector", false)]
    public void An_address_is_one_of_http(string? url, bool isRight) =>
        Assert.Equal(isRight, !new TraceOptions { Url = url }.Complaints().Any());

    [Fact]
    public void Nothing_is_sent_by_default() => Assert.False(new HomeOptions().Traces.IsOn);
}
