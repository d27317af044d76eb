using System.Text.Json;
using System.Text.Json.Serialization;
using DoorbellFace.Core.Identity;

namespace DoorbellFace.Application.Page;

/// <summary>What somebody has done who may change something, or tried.</summary>
public enum AuditAct
{
    /// <summary>Logged in.</summary>
    LoggedIn,

    /// <summary>Tried a wrong password.</summary>
    LoginFailed,

    /// <summary>Set the password.</summary>
    PasswordSet,

    /// <summary>Took the password away, so that a new one is asked for.</summary>
    PasswordReset,

    /// <summary>Ended every session.</summary>
    LoggedOutEverywhere,

    /// <summary>Taught the doorbell a person's pictures.</summary>
    Enrolled,

    /// <summary>Took a picture away from a person, or took back what was learnt.</summary>
    PictureRemoved,

    /// <summary>Said of a visitor that they were not who they were taken for.</summary>
    Denied,

    /// <summary>Gave a person another name.</summary>
    Renamed,

    /// <summary>Joined two entries.</summary>
    Joined,

    /// <summary>Made a person of their own out of some of somebody's pictures.</summary>
    Separated,

    /// <summary>Forgot a person for good.</summary>
    PersonDeleted,

    /// <summary>Took along all that is kept of a person.</summary>
    Exported,

    /// <summary>Changed what is heard of a person, or what is noted of them.</summary>
    PersonChanged,

    /// <summary>Deleted a visit.</summary>
    VisitDeleted,

    /// <summary>Changed settings, or what is heard of everybody.</summary>
    SettingsChanged,

    /// <summary>Changed which faces on the wall are passed over.</summary>
    WallChanged,

    /// <summary>Let another program in.</summary>
    TokenAdded,

    /// <summary>Let another program in no more.</summary>
    TokenRevoked,

    /// <summary>Began to make a model.</summary>
    ModelBegun,

    /// <summary>Put a model in place.</summary>
    ModelChanged,

    /// <summary>A program had something said, by its token.</summary>
    SpokenByToken,
}

/// <summary>One line of the record.</summary>
/// <param name="At">When.</param>
/// <param name="Who">From where: an address, the name of a token, or <see cref="AuditLog.Console"/>.</param>
/// <param name="Act">What was done.</param>
/// <param name="Person">To whom; their name is not kept here, so that nothing of it is left when they are forgotten.</param>
public sealed record AuditEntry(DateTimeOffset At, string Who, AuditAct Act, PersonId? Person = null);

/// <summary>Who did what, and when, by the page, by tokens and at the console. Bounded: the oldest goes. Thread-safe.</summary>
/// <param name="storage">Where it is kept.</param>
/// <param name="time">The clock on the wall.</param>
public sealed class AuditLog(IAuditStorage storage, TimeProvider time)
{
    /// <summary>From where whoever types commands on the door's own computer does something. No address looks like it.</summary>
    public const string Console = "console";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Notes something. What cannot be noted keeps nobody from what they do.</summary>
    /// <param name="act">What was done.</param>
    /// <param name="who">From where.</param>
    /// <param name="person">To whom; null when it concerns nobody.</param>
    public void Note(AuditAct act, string who, PersonId? person = null)
    {
        try
        {
            storage.Append(JsonSerializer.Serialize(new AuditEntry(time.GetUtcNow(), who, act, person), Json));
        }
        catch (DoorbellException)
        {
            // A full disk: the door and its page go on.
        }
    }

    /// <summary>The last entries, the newest first. Lines that cannot be understood are passed over.</summary>
    /// <param name="most">So many at most.</param>
    /// <exception cref="DoorbellException">They cannot be read.</exception>
    public IReadOnlyList<AuditEntry> Last(int most) => [.. storage.Read().Reverse().Select(Parse).OfType<AuditEntry>().Take(most)];

    private static AuditEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, Json);
        }
        catch (JsonException)
        {
            // Cut off by a power cut, or of a later program.
            return null;
        }
    }
}
