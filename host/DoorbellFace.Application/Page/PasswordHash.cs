using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DoorbellFace.Application.Page;

/// <summary>
/// A password as it is kept: by PBKDF2 with HMAC-SHA-256, a salt of its own, and so many rounds that each guess costs the guesser as much
/// as it costs us.
/// </summary>
public static class PasswordHash
{
    /// <summary>Rounds of a new hash: what OWASP's cheat sheet on password storage asks of PBKDF2 with HMAC-SHA-256.</summary>
    public const int Rounds = 600_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16, HashBytes = 32;

    /// <summary>Fewer would be a weak hash that somebody put there, and more would keep the processor busy for minutes.</summary>
    private const int FewestRounds = 1000, MostRounds = 10_000_000;

    /// <summary>The password as it is kept: scheme, rounds, salt and hash, with dollar signs between them.</summary>
    /// <param name="password">As it was typed.</param>
    /// <param name="rounds">How often it is hashed.</param>
    public static string Of(string password, int rounds = Rounds)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, rounds))}");
    }

    /// <summary>Whether a password is the one that is kept. The time it takes says nothing of how near it was.</summary>
    /// <param name="kept">What <see cref="Of"/> made; anything else is nobody's password.</param>
    /// <param name="password">As it was typed.</param>
    public static bool IsIt(string kept, string password)
    {
        if (kept.Split('$') is not [Scheme, var roundsText, var saltText, var hashText]
            || !int.TryParse(roundsText, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds)
                || rounds is < FewestRounds or > MostRounds) return false;
        Span<byte> salt = stackalloc byte[SaltBytes], hash = stackalloc byte[HashBytes];
        return Convert.TryFromBase64String(saltText, salt, out int saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(hashText, hash, out int hashLength) && hashLength == HashBytes
            && CryptographicOperations.FixedTimeEquals(hash, Derive(password, salt, rounds));
    }

    private static byte[] Derive(string password, ReadOnlySpan<byte> salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA256, HashBytes);
}
