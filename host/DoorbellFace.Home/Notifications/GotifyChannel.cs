using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace DoorbellFace.Home.Notifications;

/// <summary>An application of a Gotify server. Gotify takes words alone, no pictures.</summary>
/// <param name="options">Where it is; address and token must be set.</param>
/// <param name="caFile">See <see cref="HouseTrust"/>.</param>
internal sealed class GotifyChannel(GotifyOptions options, string? caFile) : IChannel
{
    /// <summary>From 8 on its telephone program makes itself heard at once.</summary>
    private const int Priority = 8;

    private readonly Uri _url = new($"{options.Url!.TrimEnd('/')}/message");
    private readonly HttpReceiver _receiver = new(caFile);

    /// <inheritdoc/>
    public string Name => $"Gotify at {_url.Host}";

    /// <inheritdoc/>
    public async Task<DeliveryResult> SendAsync(Notification notification, CancellationToken stop)
    {
        string? token;
        try
        {
            token = options.Token.Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new DeliveryResult(DeliveryFault.SecretUnreadable, $"The token of Gotify cannot be read: {error.Message}");
        }
        var message = new JsonObject { ["title"] = notification.Title, ["message"] = notification.Text, ["priority"] = Priority };
        using var request = new HttpRequestMessage(HttpMethod.Post, _url)
        {
            Content = new StringContent(Payload.Text(message), new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("X-Gotify-Key", token);
        return (await _receiver.SendAsync(request, token, stop).ConfigureAwait(false)).Result;
    }

    /// <inheritdoc/>
    public void Dispose() => _receiver.Dispose();
}
