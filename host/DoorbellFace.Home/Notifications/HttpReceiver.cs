using System.Globalization;
using System.Net;
using System.Security.Authentication;

namespace DoorbellFace.Home.Notifications;

/// <summary>A server that takes HTTP requests. It follows no pointer to elsewhere, and keeps no cookies.</summary>
/// <param name="caFile">See <see cref="HouseTrust"/>.</param>
internal sealed class HttpReceiver(string? caFile) : IDisposable
{
    /// <summary>So much of what a server says of its refusal is told.</summary>
    private const int MostWords = 200;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A server that has moved is found again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        SslOptions = { RemoteCertificateValidationCallback = HouseTrust.Of(caFile) },
    })
    {
        // Each attempt has its own limit.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <summary>Sends a request.</summary>
    /// <param name="request">It belongs to the caller.</param>
    /// <param name="secret">Is told to nobody, whatever the server says; null: there is none.</param>
    /// <param name="stop">Gives it up.</param>
    /// <returns>What came of it, and the server's status where it gave one.</returns>
    public async Task<(DeliveryResult Result, HttpStatusCode? Status)> SendAsync(
        HttpRequestMessage request, string? secret, CancellationToken stop)
    {
        string host = request.RequestUri!.Host;
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, stop).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return (DeliveryResult.Delivered, response.StatusCode);
            string said = Words(await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false), secret);
            string words = said.Length > 0 ? $": {said}" : ".";
            int number = (int)response.StatusCode;
            string reason = string.Create(CultureInfo.InvariantCulture, $"{host} answers {number} {response.StatusCode}{words}");
            var refused = new DeliveryResult(FaultOf(response.StatusCode), reason, response.Headers.RetryAfter?.Delta);
            return (refused, response.StatusCode);
        }
        catch (HttpRequestException error)
        {
            return (OfNetwork(host, error), null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static DeliveryFault FaultOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => DeliveryFault.SignInRefused,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => DeliveryFault.Busy,
        >= HttpStatusCode.InternalServerError => DeliveryFault.ServerFailed,
        _ => DeliveryFault.Rejected,
    };

    private static DeliveryResult OfNetwork(string host, HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new DeliveryResult(DeliveryFault.HostUnknown, $"Nobody knows a computer {host}."),
        HttpRequestError.SecureConnectionError when error.InnerException is AuthenticationException =>
            new DeliveryResult(DeliveryFault.Untrusted, $"The certificate of {host} is not trusted: {error.InnerException.Message}"),
        _ => new DeliveryResult(DeliveryFault.Unreachable, $"{host} cannot be reached: {error.Message}"),
    };

    private static string Words(string said, string? secret)
    {
        string line = string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        if (secret is { Length: > 0 }) line = line.Replace(secret, "…", StringComparison.Ordinal);
        return line.Length <= MostWords ? line : $"{line[..MostWords]}…";
    }
}
