using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DoorbellFace.Home.Notifications;

/// <summary>
/// The signature of "Standard Webhooks" (github.com/standard-webhooks, version 1): HMAC-SHA256 over id, time and body, so that a receiver
/// can tell a forgery, and with
/// the time one that is sent again later.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>What a key in Base64 begins with.</summary>
    public const string KeyPrefix = "whsec_";

    /// <summary>The headers of a request.</summary>
    public const string IdHeader = "webhook-id", TimeHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";

    /// <summary>The key's bytes.</summary>
    /// <exception cref="FormatException">It says that it is Base64, and is not.</exception>
    public static byte[] KeyOf(string secret) => secret.StartsWith(KeyPrefix, StringComparison.Ordinal)
        ? Convert.FromBase64String(secret[KeyPrefix.Length..])
        : Encoding.UTF8.GetBytes(secret);

    /// <summary>Signs.</summary>
    /// <param name="id">Names the message; the same in every attempt.</param>
    /// <param name="unixSeconds">When this attempt is made.</param>
    /// <param name="body">The body's bytes as they are sent.</param>
    /// <param name="secret">See <see cref="KeyOf"/>.</param>
    public static string Sign(string id, long unixSeconds, ReadOnlySpan<byte> body, string secret)
    {
        byte[] before = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}."));
        byte[] signed = [.. before, .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed))}";
    }
}
