using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DoorbellFace.Core.People;

namespace DoorbellFace.Application.Page;

/// <summary>What a program may do with its token.</summary>
[Flags]
public enum ApiScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>See visits, events and figures.</summary>
    Read = 1,

    /// <summary>Have something said aloud.</summary>
    Speak = 2,

    /// <summary>Ask who is on a picture.</summary>
    Look = 4,
}

/// <summary>A token as it is listed; the token itself is kept nowhere.</summary>
/// <param name="Name">What the household calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ApiToken(string Name, ApiScopes Scopes, DateTimeOffset CreatedAt);

/// <summary>
/// The tokens by which other programs use the page's host. Of each only its SHA-256 is kept: a token is 256 bits of chance, which no one
/// can try through, so that a slow hash would add nothing. What is kept is read again whenever another program has written it: a token that
/// is revoked at the console is refused at its next request. Thread-safe.
/// </summary>
/// <param name="storage">Where they are kept.</param>
/// <param name="time">The clock on the wall.</param>
public sealed class ApiTokens(ITokenStorage storage, TimeProvider time)
{
    /// <summary>By this a token is known as one of ours where it was left by mistake.</summary>
    public const string Prefix = "dbf_";

    /// <summary>A house has fewer programs.</summary>
    public const int MostTokens = 100;

    private const int TokenBytes = 32;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Lock _gate = new();
    private Kept[] _kept = [];
    private string? _stamp;

    /// <summary>Every token, the oldest first.</summary>
    /// <exception cref="DoorbellException">They cannot be read.</exception>
    public IReadOnlyList<ApiToken> List() => [.. Read().Select(kept => new ApiToken(kept.Name, ScopesOf(kept), kept.CreatedAt))];

    /// <summary>Makes a token.</summary>
    /// <param name="name">What the household calls it; each name once.</param>
    /// <param name="scopes">What it may do, one thing at least.</param>
    /// <returns>The token: it cannot be shown again.</returns>
    /// <exception cref="DoorbellException">The name is none or is taken, it may do nothing, or it cannot be kept.</exception>
    public string Add(string name, ApiScopes scopes)
    {
        string clean = PersonName.Clean(name);
        if (clean.Length is 0 or > PersonName.MaxLength || clean.Any(char.IsControl))
            throw new DoorbellException(ErrorKind.InvalidValue, $"A token's name has 1 to {PersonName.MaxLength} letters.");
        if (scopes == ApiScopes.None) throw new DoorbellException(ErrorKind.InvalidValue, "A token that may do nothing is of no use.");
        string token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
        {
            Kept[] kept = Read();
            if (kept.Any(one => PersonName.AreSame(one.Name, clean)))
                throw new DoorbellException(ErrorKind.Refused, $"There is a token {clean} already.");
            if (kept.Length >= MostTokens)
                throw new DoorbellException(ErrorKind.Refused, $"There are {MostTokens} tokens already; revoke some first.");
            Write([.. kept, new Kept(clean, WordsOf(scopes), HashOf(token), time.GetUtcNow())]);
        }
        return token;
    }

    /// <summary>Takes a token away. It is refused from its next request on.</summary>
    /// <exception cref="DoorbellException">There is none with this name, or it cannot be written.</exception>
    public void Revoke(string name)
    {
        lock (_gate)
        {
            Kept[] kept = Read(), others = [.. kept.Where(one => !PersonName.AreSame(one.Name, name))];
            if (others.Length == kept.Length) throw new DoorbellException(ErrorKind.NotFound, $"There is no token {name}.");
            Write(others);
        }
    }

    /// <summary>Whose token it is; null when it is nobody's.</summary>
    /// <exception cref="DoorbellException">The tokens cannot be read; then nobody gets in.</exception>
    public ApiToken? Find(string token)
    {
        // Two hashes that begin alike say nothing of the tokens: how long the comparison takes is of no use to anybody.
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > 100) return null;
        string hash = HashOf(token);
        return Read().FirstOrDefault(one => one.Sha256 == hash) is { } kept
            ? new ApiToken(kept.Name, ScopesOf(kept), kept.CreatedAt)
            : null;
    }

    /// <summary>The scopes in words, such as "read, look"; null when one of them is none.</summary>
    public static ApiScopes? ScopesIn(string words)
    {
        var scopes = ApiScopes.None;
        foreach (string word in words.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Enum.GetValues<ApiScopes>().FirstOrDefault(known => WordsOf(known).Contains(word.ToLowerInvariant())) is var scope
                && scope == ApiScopes.None) return null;
            scopes |= scope;
        }
        return scopes;
    }

    /// <summary>Scopes as words, in one order.</summary>
    public static string[] WordsOf(ApiScopes scopes) =>
        [.. Enum.GetValues<ApiScopes>().Where(scope => scope != ApiScopes.None && scopes.HasFlag(scope))
            .Select(scope => scope.ToString().ToLowerInvariant())];

    private static ApiScopes ScopesOf(Kept kept) => ScopesIn(string.Join(' ', kept.Scopes)) ?? ApiScopes.None;

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private Kept[] Read()
    {
        lock (_gate)
        {
            string stamp = storage.Stamp;
            if (_stamp == stamp) return _kept;
            _kept = Parse(storage.Read());
            _stamp = stamp;
            return _kept;
        }
    }

    private void Write(Kept[] kept)
    {
        storage.Write(JsonSerializer.Serialize(kept, Json));
        _stamp = null;
    }

    private static Kept[] Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        try
        {
            if (JsonSerializer.Deserialize<Kept[]>(text, Json) is { } kept && kept.All(one => one is { Name: not null, Scopes: not null }))
                return kept;
        }
        catch (JsonException)
        {
            // The sentence below says it.
        }
        throw new DoorbellException(
            ErrorKind.UnusableInput, "The tokens that are kept cannot be understood; no program gets in until they are made again.");
    }

    private sealed record Kept(string Name, string[] Scopes, string Sha256, DateTimeOffset CreatedAt);
}
