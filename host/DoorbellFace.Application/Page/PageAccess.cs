using System.Text.Json;

namespace DoorbellFace.Application.Page;

/// <summary>
/// Who may open the page: whoever knows its one password. What is kept is read again whenever another program has written it, so that a
/// reset at the console ends
/// every session at once. Thread-safe.
/// </summary>
/// <param name="storage">Where it is kept.</param>
public sealed class PageAccess(IPageAccessStorage storage)
{
    /// <summary>
    /// Letters of a password, at least and at most. Long ones are better than odd ones; hashing more than a few lines would cost us, not
    /// the guesser.
    /// </summary>
    public const int ShortestPassword = 10, LongestPassword = 200;

    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private readonly Lock _gate = new();
    private Kept? _kept;
    private string? _stamp;

    /// <summary>A password is set.</summary>
    /// <exception cref="DoorbellException">What is kept cannot be read; then nobody gets in.</exception>
    public bool HasPassword => Read() is not null;

    /// <summary>
    /// Names the sessions that count; another one after "log out everywhere", a new password and a reset. Empty without a password.
    /// </summary>
    /// <exception cref="DoorbellException">What is kept cannot be read.</exception>
    public string Sessions => Read()?.Sessions ?? "";

    /// <summary>Sets the first password.</summary>
    /// <param name="password">What was typed.</param>
    /// <exception cref="DoorbellException">It is too short or too long, or there is one already (<see
    /// cref="ErrorKind.Refused"/>).</exception>
    public void SetFirst(string password)
    {
        Check(password);
        lock (_gate)
        {
            if (Read() is not null) throw new DoorbellException(ErrorKind.Refused, "The page has a password already.");
            Write(new Kept(PasswordHash.Of(password), NewSessions()));
        }
    }

    /// <summary>Whether a password is the right one; takes about a tenth of a second, whether it is or not.</summary>
    /// <exception cref="DoorbellException">What is kept cannot be read.</exception>
    public bool IsRight(string password) =>
        password.Length <= LongestPassword && Read() is { } kept && PasswordHash.IsIt(kept.Password, password);

    /// <summary>Sets another password. Every session ends.</summary>
    /// <exception cref="DoorbellException">The present one is not right (<see cref="ErrorKind.Refused"/>), or the new one is too short or
    /// too long.</exception>
    public void Change(string present, string password)
    {
        Check(password);
        if (!IsRight(present)) throw new DoorbellException(ErrorKind.Refused, "The present password is another one.");
        lock (_gate) Write(new Kept(PasswordHash.Of(password), NewSessions()));
    }

    /// <summary>Ends every session, on whatever device.</summary>
    /// <exception cref="DoorbellException">That cannot be kept.</exception>
    public void LogOutEverywhere()
    {
        lock (_gate) if (Read() is { } kept) Write(kept with { Sessions = NewSessions() });
    }

    /// <summary>
    /// Takes the password away, for whoever has the console: the page asks for a new one, from this computer alone, and every session ends.
    /// </summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="DoorbellException">That cannot be kept.</exception>
    public bool Reset()
    {
        lock (_gate)
        {
            if (storage.Read() is null or "") return false;
            storage.Write("");
            _stamp = null;
            return true;
        }
    }

    private static void Check(string password)
    {
        if (password.Length is < ShortestPassword or > LongestPassword)
            throw new DoorbellException(
                ErrorKind.InvalidValue, $"The password has {password.Length} letters: expected {ShortestPassword} to {LongestPassword}.");
    }

    private static string NewSessions() => Guid.NewGuid().ToString("N");

    private Kept? Read()
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

    private void Write(Kept kept)
    {
        storage.Write(JsonSerializer.Serialize(kept, Json));
        _stamp = null;
    }

    /// <summary>A file that cannot be understood must not count as "no password yet": it would let the next one in who asks.</summary>
    private static Kept? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            if (JsonSerializer.Deserialize<Kept>(text, Json) is { Password.Length: > 0, Sessions.Length: > 0 } kept) return kept;
        }
        catch (JsonException)
        {
            // The sentence below says it.
        }
        throw new DoorbellException(
            ErrorKind.UnusableInput, "What is kept of the page's password cannot be understood; nobody gets in until it is reset.",
            new Remedy(RemedyKey.ResetPagePassword));
    }

    private sealed record Kept(string Password, string Sessions);
}
