using System.Text.Json.Nodes;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Home.Mqtt;

/// <summary>A visit in the words that go over the broker.</summary>
/// <param name="language">What sentences are in.</param>
internal sealed class VisitorEvents(Language language)
{
    /// <summary>What an answer can be.</summary>
    public static readonly string[] Types = ["known", "uncertain", "unknown", "no_face", "failed"];

    private readonly VisitSentences _sentences = new(language);

    /// <summary>The answer to a visit, as an event.</summary>
    /// <param name="identified">The answer.</param>
    /// <param name="says">What is said of it; null when a rule of the house is against it.</param>
    public static JsonObject Event(VisitorIdentified identified, string? says)
    {
        VisitRecord visit = identified.Visit;
        return new JsonObject
        {
            ["event_type"] = TypeOf(visit.Outcome),
            ["person"] = visit.Name,
            ["sentence"] = says ?? "",
            ["said"] = says is not null,
            ["sure"] = HowSure(visit),
            ["reason"] = Payload.Word(visit.Outcome),
            ["others"] = new JsonArray([.. visit.Company.Select(other => JsonValue.Create(other.Name ?? "unknown"))]),
            ["rang"] = visit.Rings > 0,
            ["correction"] = identified.IsCorrection,
            ["visit"] = visit.Id.ToString(),
            ["at"] = Payload.Time(identified.At),
            ["ms"] = (long)(identified.At - visit.StartedAt).TotalMilliseconds,
        };
    }

    /// <summary>The last visit as it stands.</summary>
    /// <param name="visit">Null: there was none.</param>
    /// <param name="isRemoved">Somebody who is named in it is no longer enrolled: nothing of them is told.</param>
    /// <param name="corrected">Who it was, by somebody who said so; null: nobody did.</param>
    public JsonObject Last(VisitRecord? visit, bool isRemoved, string? corrected)
    {
        if (visit is null) return new JsonObject { ["visitor"] = language.Say(Sentence.NoVisitYet) };
        bool isForgotten = isRemoved || visit.Outcome == VisitOutcome.Forgotten;
        string who = isForgotten
            ? language.Say(Sentence.NobodySeen)
            : corrected ?? _sentences.Who(visit) ?? language.Say(Sentence.NobodySeen);
        return new JsonObject
        {
            ["visitor"] = Payload.Short(who, DeviceDiscovery.LongestState),
            ["outcome"] = isForgotten ? "forgotten" : corrected is null ? Payload.Word(visit.Outcome) : "corrected",
            ["person"] = isForgotten ? null : corrected ?? visit.Name,
            ["sure"] = isForgotten || corrected is not null ? null : HowSure(visit),
            ["visit"] = visit.Id.ToString(),
            ["at"] = Payload.Time(visit.StartedAt),
            ["rings"] = visit.Rings,
        };
    }

    /// <summary>How sure an answer is, in words for programs; null where there is nothing to be sure of.</summary>
    private static string? HowSure(VisitRecord visit) =>
        VisitReports.HowSure(visit) is { } sure ? Payload.Word(sure).Replace('_', ' ') : null;

    private static string TypeOf(VisitOutcome outcome) => outcome switch
    {
        VisitOutcome.Known => "known",
        VisitOutcome.Uncertain => "uncertain",
        VisitOutcome.Unknown => "unknown",
        VisitOutcome.NoFace or VisitOutcome.Moving or VisitOutcome.Dark or VisitOutcome.Covered => "no_face",
        _ => "failed",
    };
}
