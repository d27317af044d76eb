using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DoorbellFace.Home.Notifications;

/// <summary>
/// A topic of an ntfy server: the picture is the body, the words are headers. A server that takes no attachments gets the words alone.
/// </summary>
/// <param name="options">Where it is; the address must be set.</param>
/// <param name="caFile">See <see cref="HouseTrust"/>.</param>
internal sealed class NtfyChannel(NtfyOptions options, string? caFile) : IChannel
{
    /// <summary>"High": the telephone makes itself heard at once. Of 1 to 5; 3 is usual.</summary>
    private const string Priority = "4";

    private readonly Uri _url = new(options.Url!);
    private readonly HttpReceiver _receiver = new(caFile);

    /// <inheritdoc/>
    public string Name => $"ntfy at {_url.Host}";

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
            return new DeliveryResult(DeliveryFault.SecretUnreadable, $"The token of ntfy cannot be read: {error.Message}");
        }
        byte[]? jpeg = notification.Jpeg;
        (DeliveryResult result, HttpStatusCode? status) = await SendAsync(notification, jpeg, token, stop).ConfigureAwait(false);
        // ntfy answers 400 where attachments are off (its code 40014) and 413 where they are larger than it likes.
        bool isPictureUnwanted = jpeg is not null && status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge;
        if (!isPictureUnwanted) return result;
        (DeliveryResult withoutPicture, _) = await SendAsync(notification, jpeg: null, token, stop).ConfigureAwait(false);
        return withoutPicture.IsDelivered ? withoutPicture with { Reason = $"Without the picture: {result.Reason}" } : withoutPicture;
    }

    /// <inheritdoc/>
    public void Dispose() => _receiver.Dispose();

    private async Task<(DeliveryResult Result, HttpStatusCode? Status)> SendAsync(
        Notification notification, byte[]? jpeg, string? token, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, _url);
        request.Content = new ByteArrayContent(jpeg ?? Encoding.UTF8.GetBytes(notification.Text));
        request.Content.Headers.ContentType = jpeg is null ? new("text/plain", "utf-8") : new("image/jpeg");
        if (jpeg is not null)
        {
            request.Headers.Add("X-Message", Encoded(notification.Text));
            request.Headers.Add("X-Filename", "visitor.jpg");
        }
        request.Headers.Add("X-Title", Encoded(notification.Title));
        request.Headers.Add("X-Priority", Priority);
        request.Headers.Add("X-Tags", "bell");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _receiver.SendAsync(request, token, stop).ConfigureAwait(false);
    }

    /// <summary>A header holds ASCII only: ntfy reads the form of RFC 2047, in which e-mail writes its subjects.</summary>
    private static string Encoded(string text)
    {
        bool isPlain = text.All(letter => letter is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal);
        return isPlain ? text : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
    }
}
