namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>How a check went.</summary>
public enum FindingOutcome
{
    /// <summary>All right.</summary>
    Passed,

    /// <summary>It works, but not as well as it could.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>It could not be looked at, because of an earlier fault.</summary>
    NotTried,
}

/// <summary>What one check has found. The sentences are read aloud: no path, no abbreviation that a voice stumbles over.</summary>
/// <param name="Check">The check's name, one of <see cref="Checks"/>.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Found">What was found, a whole sentence.</param>
/// <param name="Advice">What to do about it, whole sentences; null when nothing is to be done.</param>
/// <param name="Detail">What only the eye wants: paths, figures, commands to type; null for none.</param>
internal sealed record Finding(string Check, FindingOutcome Outcome, string Found, string? Advice = null, string? Detail = null)
{
    /// <summary>Something is to be done.</summary>
    public bool IsComplaint => Outcome is FindingOutcome.Warning or FindingOutcome.Failed;

    /// <summary>All right.</summary>
    public static Finding Pass(string check, string found, string? detail = null) => new(check, FindingOutcome.Passed, found, null, detail);

    /// <summary>It works, but not as well as it could.</summary>
    public static Finding Warn(string check, string found, string advice, string? detail = null) =>
        new(check, FindingOutcome.Warning, found, advice, detail);

    /// <summary>It does not work.</summary>
    public static Finding Fail(string check, string found, string advice, string? detail = null) =>
        new(check, FindingOutcome.Failed, found, advice, detail);
}

/// <summary>The checks, in the order in which they are made.</summary>
internal static class Checks
{
    public const string Port = "port", Permission = "permission", Opening = "opening", Baud = "baud", Hello = "hello", Sensor = "sensor",
        Supply = "supply",
        Button = "button", Bars = "bars", Cable = "cable", Brightness = "brightness", Focus = "focus";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Port, Permission, Opening, Baud, Hello, Sensor, Supply, Button, Bars, Cable, Brightness, Focus];

    /// <summary>Without these nobody talks with the doorbell at all.</summary>
    public static IReadOnlyList<string> OfTheConnection { get; } = [Port, Permission, Opening, Baud, Hello];
}
