using System.Globalization;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Screens;

/// <summary>
/// Writes what happens at the door on standard output: a line of text for people, or a line of JSON for programs (docs/events.md).
/// </summary>
/// <param name="json">For programs.</param>
/// <param name="withNames"> Whether people are called by their names. Where nobody watches, standard output ends in a file or in the
/// system's journal, which others may read for years.
/// </param>
internal sealed class ScreenSubscriber(bool json, bool withNames = true) : IDoorSubscriber
{
    /// <inheritdoc/>
    public string Name => "the screen";

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        if (json) EventLines.Write(happened);
        else if (LineFor(happened) is { } line)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{happened.At.ToLocalTime():HH:mm:ss}  {line}"));
        return ValueTask.CompletedTask;
    }

    /// <summary>A visit event as a line for people; null for one that says nothing new to them.</summary>
    private string? LineFor(DoorEvent happened) => happened switch
    {
        DoorbellLost { Fault: LinkFault.NoPort } when new PortDiscovery().Hidden() is [var hidden, ..] =>
            $"A serial chip is plugged in ({hidden.Description}), but it has no port. How to get it back: ./doorbell ports",
        DoorbellRemarked remark => $"The doorbell says: {remark.Text}",
        PeopleChanged { Trouble: null } people => $"It knows {People(people.Names, withNames)} now.",
        VisitChanged { Happened: VisitStarted { Visit.StartedBy: VisitStart.Ring } } => "The bell rings.",
        VisitChanged { Happened: VisitorRangAgain } => "The bell rings again.",
        VisitChanged { Happened: VisitorIdentified identified, Says: not null } when !withNames
            && (identified.Visit.Name is not null || identified.Visit.NamedPeople().Any()) =>
            "Someone I know is announced.",
        VisitChanged { Happened: VisitorIdentified identified, Says: { } says } =>
            $"{says.Text}  ({string.Join(" ", identified.Visit.Reasons.TakeLast(1))})",
        VisitChanged { Happened: VisitEnded ended } => string.Create(
            CultureInfo.InvariantCulture,
            $"The visit is over after {(ended.Visit.EndedAt - ended.Visit.StartedAt)?.TotalSeconds:0} "
            + $"s{(withNames ? $": {VisitWords.Caption(ended.Visit)}" : "")}."),
        _ => null,
    };

    /// <summary>"Anna, Ben", "2 people" or "nobody".</summary>
    /// <param name="names">Who is enrolled.</param>
    /// <param name="withNames">Whether they are called by their names.</param>
    public static string People(IReadOnlyList<string> names, bool withNames) =>
        names.Count == 0 ? "nobody" : withNames ? string.Join(", ", names) : names.Count == 1 ? "1 person" : $"{names.Count} people";
}
