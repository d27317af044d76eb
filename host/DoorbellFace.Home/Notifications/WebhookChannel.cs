using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DoorbellFace.Application.Visits;

namespace DoorbellFace.Home.Notifications;

/// <summary>A program of one's own: a signed request with a JSON body (docs/notifications.md).</summary>
/// <param name="options">Where it is; the address must be set.</param>
/// <param name="caFile">See <see cref="HouseTrust"/>.</param>
/// <param name="time">The clock of the signature.</param>
internal sealed class WebhookChannel(WebhookOptions options, string? caFile, TimeProvider time) : IChannel
{
    private readonly Uri _url = new(options.Url!);
    private readonly HttpReceiver _receiver = new(caFile);

    /// <inheritdoc/>
    public string Name => $"The webhook at {_url.Host}";

    /// <inheritdoc/>
    public async Task<DeliveryResult> SendAsync(Notification notification, CancellationToken stop)
    {
        byte[] body = Body(notification);
        string id = notification.Id.ToString(), signature;
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        try
        {
            signature = WebhookSignature.Sign(id, now, body, options.Secret.Read()!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return new DeliveryResult(DeliveryFault.SecretUnreadable, $"The webhook's secret cannot be used: {error.Message}");
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimeHeader, now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, signature);
        return (await _receiver.SendAsync(request, secret: null, stop).ConfigureAwait(false)).Result;
    }

    /// <inheritdoc/>
    public void Dispose() => _receiver.Dispose();

    /// <summary>The same bytes in every attempt.</summary>
    internal static byte[] Body(Notification notification)
    {
        var data = new JsonObject
        {
            ["door"] = notification.Door.Value,
            ["title"] = notification.Title,
            ["text"] = notification.Text,
        };
        if (notification.Visit is { } visit)
        {
            data["visit"] = visit.Id.ToString();
            data["outcome"] = Payload.Word(visit.Outcome);
            data["person"] = visit.Name;
            data["others"] = new JsonArray([.. visit.Company.Select(other => JsonValue.Create(other.Name))]);
            data["sure"] = VisitReports.HowSure(visit) is { } sure ? Payload.Word(sure) : null;
            data["rang"] = visit.Rings > 0;
            data["correction"] = notification.IsCorrection;
        }
        data["picture"] = notification.Jpeg is { } jpeg ? Convert.ToBase64String(jpeg) : null;
        var body = new JsonObject
        {
            ["type"] = notification.Visit is null ? "trial" : "visitor",
            ["timestamp"] = Payload.Time(notification.At),
            ["data"] = data,
        };
        return Payload.Of(body);
    }
}
